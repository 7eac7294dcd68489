// Other people's Markdown as a tree that is drawn by components. No HTML is ever made of it: tags are read as text.
import MarkdownIt from 'markdown-it';

const KINDS = [
  'paragraph', 'heading', 'bullet_list', 'ordered_list', 'list_item', 'blockquote', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'em', 'strong', 's', 'link',
] as const;
type Container = (typeof KINDS)[number];

export interface Node {
  kind: Container | 'root' | 'text' | 'code' | 'pre' | 'image' | 'html' | 'break' | 'hr' | 'task';
  /** The words of a leaf; the language of a block of code stands in `to`. */
  text: string;
  /** Where a link or a picture leads, as it was written. */
  to: string;
  /** Of a heading; the first number of a list. */
  level: number;
  children: Node[];
}

/** GitHub's own limit of a body; more than that was not written there. */
const MOST_LETTERS = 65_536;
/** More than this nobody reads, and no browser likes: the rest is cut. */
const MOST_NODES = 6_000;
/** Deeper than this nobody means it. */
const DEEPEST = 24;

const parser = new MarkdownIt({ html: true, linkify: true, maxNesting: DEEPEST });

type Token = ReturnType<typeof parser.parse>[number];

/** Reads GitHub's Markdown. `cut` says that there is more than is shown. */
export function read(text: string): { root: Node; cut: boolean } {
  const root = node('root');
  const builder = new Builder(root);
  builder.take(parser.parse(text.slice(0, MOST_LETTERS), {}));
  return { root, cut: builder.cut || text.length > MOST_LETTERS };
}

function node(kind: Node['kind'], part: Partial<Node> = {}): Node {
  return { kind, text: '', to: '', level: 0, children: [], ...part };
}

/** Makes a tree of the parser's flat list. */
class Builder {
  cut = false;
  #open: Node[];
  #nodes = 0;

  constructor(root: Node) {
    this.#open = [root];
  }

  take(tokens: readonly Token[]): void {
    for (const token of tokens) {
      if (this.#nodes >= MOST_NODES) {
        this.cut = true;
        return;
      }
      if (token.type === 'inline') this.#inline(token.children ?? []);
      else if (token.nesting === 1) this.#enter(token);
      else if (token.nesting === -1) this.#leave(token);
      else this.#add(leaf(token));
    }
  }

  #inline(children: readonly Token[]): void {
    const depth = this.#open.length;
    this.take(children);
    this.#open.length = Math.min(depth, this.#open.length);
  }

  #enter(token: Token): void {
    const kind = token.type.replace(/_open$/, '') as Container;
    // Of a tight list the paragraphs are not shown as such; unknown containers neither.
    if (token.hidden || !KINDS.includes(kind)) return;
    const level = kind === 'heading' ? Number(token.tag.slice(1)) : Number(token.attrGet('start') ?? 1);
    const entered = node(kind, { to: String(token.attrGet('href') ?? ''), level });
    this.#add(entered);
    this.#open.push(entered);
  }

  #leave(token: Token): void {
    const kind = token.type.replace(/_close$/, '') as Container;
    if (token.hidden || !KINDS.includes(kind) || this.#open.length === 1) return;
    const closed = this.#open.pop()!;
    if (closed.kind === 'list_item') task(closed);
  }

  #add(child: Node): void {
    this.#nodes += 1;
    this.#open.at(-1)!.children.push(child);
  }
}

function leaf(token: Token): Node {
  const text = token.content;
  if (token.type === 'code_inline') return node('code', { text });
  if (token.type === 'fence' || token.type === 'code_block') return node('pre', { text, to: token.info.split(/\s/)[0] ?? '' });
  if (token.type === 'image') return node('image', { text, to: String(token.attrGet('src') ?? '') });
  if (token.type === 'html_block' || token.type === 'html_inline') return node('html', { text: wordsOf(text) });
  if (token.type === 'hardbreak') return node('break');
  if (token.type === 'softbreak') return node('text', { text: '\n' });
  return token.type === 'hr' ? node('hr') : node('text', { text });
}

/** A line that begins with `[ ]` or `[x]` is a box to be ticked. */
function task(item: Node): void {
  let first = item.children[0];
  if (first?.kind === 'paragraph') first = first.children[0];
  const found = first?.kind === 'text' ? /^\[([ xX])\]\s+/.exec(first.text) : null;
  if (!first || !found) return;
  first.text = first.text.slice(found[0].length);
  item.children.unshift(node('task', { level: found[1] === ' ' ? 0 : 1 }));
}

/** An address that may be followed: the web or mail, whole; null for scripts, data, files and what is relative. */
export function safeLink(url: string): string | null {
  try {
    const { protocol, href } = new URL(url);
    return ['https:', 'http:', 'mailto:'].includes(protocol) ? href : null;
  } catch {
    return null;
  }
}

/** What a piece of HTML says once its tags and comments are gone. */
export function wordsOf(html: string): string {
  return html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .trim();
}

export interface Piece {
  text: string;
  /** Set when the piece is a reference to an issue or pull request. */
  url?: string;
}

/** Text cut at `#12` and `owner/name#12`, which lead to GitHub; `issueUrl` is the address of the issue that says it. */
export function pieces(text: string, issueUrl: string): Piece[] {
  const found = /^(https?:\/\/[^/]+)\/([^/]+\/[^/]+)\/issues\/\d+$/.exec(issueUrl);
  if (!found) return [{ text }];
  const [, host, home] = found;
  const out: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(/(?<![\w/#&])(?:([\w-]+\/[\w.-]+))?#(\d{1,9})(?!\w)/g)) {
    if (match.index > at) out.push({ text: text.slice(at, match.index) });
    out.push({ text: match[0], url: `${host}/${match[1] ?? home}/issues/${match[2]}` });
    at = match.index + match[0].length;
  }
  if (at < text.length) out.push({ text: text.slice(at) });
  return out;
}
