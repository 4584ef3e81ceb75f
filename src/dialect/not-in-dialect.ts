/** A guard file uses something that another module system, or plain JavaScript, does not have. The message says what, and on which line. */
export class NotInDialect extends Error {
  constructor(what: string, text: string, at: number) {
    super(`line ${text.slice(0, at).split('\n').length}: ${what}`);
  }
}
