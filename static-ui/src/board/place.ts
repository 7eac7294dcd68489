/** Where somebody was on the board when they left it: coming back from an issue one finds it as it was. */
export const place: { wanted: string | null; scroll: Record<string, number>; left: number } = { wanted: null, scroll: {}, left: 0 };
