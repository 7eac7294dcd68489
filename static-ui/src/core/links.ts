/**
 * An address that others wrote, for a link: only addresses of the web lead anywhere. Undefined makes a link without an
 * address, which is text.
 */
export function webUrl(url: string | null | undefined): string | undefined {
  return url && /^https?:\/\//i.test(url) ? url : undefined;
}
