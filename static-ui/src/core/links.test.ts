import { expect, test } from 'vitest';
import { webUrl } from './links';

test('only addresses of the web lead anywhere', () => {
  expect(webUrl('https://github.com/a/b')).toBe('https://github.com/a/b');
  expect(webUrl('HTTP://example.com')).toBe('HTTP://example.com');
  const others = ['javascript:alert(1)', ' https://x', 'data:text/html,x', '//x', '/api/auth/logout', 'vbscript:x', '', null, undefined, 'java\nscript:x'];
  expect(others.map(webUrl).filter(Boolean)).toEqual([]);
});
