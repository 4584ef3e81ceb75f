import { describe, expect, test } from 'vitest';
import { textFrom } from '../../src/repository/text.ts';

describe('the text of a file', () => {
  test.each([
    ['UTF-8', Buffer.from('key = "ä€😀"')],
    ['UTF-8 with a byte order mark', Buffer.from('\ufeffkey = "ä€😀"')],
    ['UTF-16 LE with a byte order mark', Buffer.from('\ufeffkey = "ä€😀"', 'utf16le')],
    ['UTF-16 BE with a byte order mark', Buffer.from('\ufeffkey = "ä€😀"', 'utf16le').swap16()],
    ['UTF-16 LE without one', Buffer.from('key = "ä€😀"', 'utf16le')],
    ['UTF-16 BE without one', Buffer.from('key = "ä€😀"', 'utf16le').swap16()],
  ])('is read from %s', (_, bytes) => {
    expect(textFrom(bytes)).toBe('key = "ä€😀"');
  });

  test('is kept where some bytes are wrong', () => {
    expect(textFrom(Buffer.from([0x61, 0xff, 0x62, 0xc3, 0x28, 0xe2, 0x82]))).toBe('a\ufffdb\ufffd(\ufffd');
    expect(textFrom(Buffer.from('password=geheim\u00e4', 'latin1'))).toBe('password=geheim\ufffd');
  });

  test('is kept where an odd byte follows UTF-16', () => {
    expect(textFrom(Buffer.concat([Buffer.from('\ufeffab', 'utf16le'), Buffer.from([0x63])]))).toBe('ab\ufffd');
  });

  test('cannot be hidden by a single zero', () => {
    const code = `/* \0 */ const key = 'x';\n`.repeat(5);
    expect(textFrom(Buffer.from(code))).toBe(code);
  });

  test('is empty in an empty file', () => {
    expect(textFrom(Buffer.alloc(0))).toBe('');
    expect(textFrom(Buffer.from([0x61]))).toBe('a');
  });

  test.each([
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d494844520000000100000001080600000', 'hex')],
    ['a database', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(4080)])],
    ['zeros', Buffer.alloc(100)],
  ])('is not there in %s', (_, bytes) => {
    expect(textFrom(bytes)).toBeUndefined();
  });
});
