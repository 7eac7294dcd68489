/** What is asked before something is done to a card, in words. */
export const QUESTIONS = {
  blocked: {
    title: (card: string) => `Block ${card}`,
    label: 'Why is it blocked?',
    hint: 'The reason is shown on the card, so that whoever can help sees what is needed.',
    send: 'Move to Blocked',
    missing: 'A blocked card needs a reason.',
    lines: 3,
  },
};
