import { describe, expect, test } from 'vitest';
import { type Node, pieces, read, safeLink, wordsOf } from './markdown';

describe('other people\'s text', () => {
  test('only the web and mail are followed', () => {
    expect(safeLink('https://example.com/a?b')).toBe('https://example.com/a?b');
    expect(safeLink('mailto:ana@example.com')).toBe('mailto:ana@example.com');
    for (const bad of ['javascript:alert(1)', ' javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', 'data:text/html,<script>', 'vbscript:x', 'file:///etc/passwd', '/relative', '//host', '']) {
      expect(safeLink(bad), bad).toBeNull();
    }
  });
  test('of HTML only the words are left', () => {
    expect(wordsOf('<details>\n<summary>More</summary>')).toBe('More');
    expect(wordsOf('<!-- a template\nspeaks --> here<br>and there')).toBe('here\nand there');
    expect(wordsOf('<img src=x onerror=alert(1)>')).toBe('');
    expect(wordsOf('<!-- never closed')).toBe('');
  });
  test('a tree of what it means', () => {
    const sketch = (node: Node): string => `${node.kind}${node.text ? `:${node.text}` : ''}${node.to ? `>${node.to}` : ''}${node.children.length ? `(${node.children.map(sketch).join(' ')})` : ''}`;
    const of = (text: string) => sketch(read(text).root);
    expect(of('# A *b*')).toBe('root(heading(text:A  em(text:b)))');
    expect(of('- [x] done\n- [ ] open\n- [y] no')).toBe('root(bullet_list(list_item(task text:done) list_item(task text:open) list_item(text:[y] no)))');
    expect(of('| a |\n|---|\n| b |')).toBe('root(table(thead(tr(th(text:a))) tbody(tr(td(text:b)))))');
    expect(of('~~c~~ [d][e] &eacute;\n\n[e]: https://one.example\n[E]: https://two.example')).toBe('root(paragraph(s(text:c) text:  link>https://one.example(text:d) text: é))');
    expect(of('![alt](https://x.example/p.png)')).toBe('root(paragraph(image:alt>https://x.example/p.png))');
    expect(of('```rust\nfn a() {}\n```')).toBe('root(pre:fn a() {}\n>rust)');
  });
  test('scripts are words at most', () => {
    const kinds = (text: string) => JSON.stringify(read(text).root);
    expect(kinds('<script>alert(1)</script>')).toContain('"kind":"html","text":"alert(1)"');
    expect(kinds('<img src=x onerror=alert(1)>')).not.toContain('onerror');
    expect(kinds('[a](javascript:alert(1))')).not.toContain('"kind":"link"');
  });
  test('what is made to hang, to overflow or to flood does none of it', () => {
    const table = `${'|a'.repeat(3000)}\n${'|-'.repeat(3000)}\n${'|\n'.repeat(20_000)}`;
    const evil = ['>'.repeat(65_000), '['.repeat(65_000), '*a_'.repeat(21_000), '- '.repeat(32_000), '[a]('.repeat(16_000), '**x'.repeat(21_000), 'http://a.'.repeat(7_000), table];
    const started = performance.now();
    for (const text of evil) expect(JSON.stringify(read(text).root).length).toBeLessThan(2_000_000);
    expect(read(table).cut).toBe(true);
    // The parser before this one needed 20 s for three of them.
    expect(performance.now() - started).toBeLessThan(5_000);
  });
  test('references to issues lead to GitHub', () => {
    const url = 'https://github.com/octo-org/api/issues/7';
    expect(pieces('see #12, a/b#3 and not x#4 or C#5', url)).toEqual([
      { text: 'see ' },
      { text: '#12', url: 'https://github.com/octo-org/api/issues/12' },
      { text: ', ' },
      { text: 'a/b#3', url: 'https://github.com/a/b/issues/3' },
      { text: ' and not x#4 or C#5' },
    ]);
    expect(pieces('#1', 'javascript:x')).toEqual([{ text: '#1' }]);
  });
});
