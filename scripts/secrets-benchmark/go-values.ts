import { chance, textMatching } from './random-text.ts';
import { sampleForms } from './sample-forms.ts';

/** What an expression in Go gives; undefined where that cannot be told without running it. */
export type Value = string | undefined | Value[];

/** Reads the small part of Go in which gitleaks writes its test texts. */
export class GoReader {
  #at = 0;
  readonly #next: () => number;
  readonly #source: string;

  constructor(source: string, seed: string) {
    this.#source = source;
    this.#next = chance(seed);
  }

  /** The values of the list or list-making call that stands at an offset. */
  valuesAt(offset: number): Value[] {
    this.#at = offset;
    const value = this.#expression();
    return Array.isArray(value) ? value : [value];
  }

  #expression(): Value {
    let value = this.#term();
    for (this.#skip(); this.#source[this.#at] === '+'; this.#skip()) {
      this.#at++;
      const right = this.#term();
      value = typeof value === 'string' && typeof right === 'string' ? value + right : undefined;
    }
    return value;
  }

  #term(): Value {
    this.#skip();
    const rest = this.#source.slice(this.#at, this.#at + 20_000);
    const [raw] = /^`[^`]*`/.exec(rest) ?? [];
    if (raw !== undefined) return this.#take(raw, raw.slice(1, -1));
    const [quoted] = /^"(?:[^"\\\n]|\\.)*"/.exec(rest) ?? [];
    if (quoted !== undefined) return this.#take(quoted, unescaped(quoted.slice(1, -1)));
    const [list] = /^(?:\[\]string|map\[string\]string)\s*\{/.exec(rest) ?? [];
    if (list !== undefined) return this.#list(list);
    const [call, name = ''] = /^([\w.]+)\s*\(/.exec(rest) ?? [];
    if (call !== undefined) {
      this.#at += call.length;
      return this.#called(name, this.#until(')'));
    }
    const [word] = /^[\w.]+/.exec(rest) ?? [];
    if (word === undefined) throw new Error(`not the Go that is known here: ${rest.slice(0, 40)}`);
    this.#at += word.length;
    return this.#named(word);
  }

  #take(written: string, value: string): string {
    this.#at += written.length;
    return value;
  }

  #list(opening: string): Value[] {
    this.#at += opening.length;
    return opening.startsWith('map') ? this.#until('}', true) : this.#until('}');
  }

  /** What stands between brackets, separated by commas. Of a map, the values. */
  #until(closing: string, pairs = false): Value[] {
    const values: Value[] = [];
    for (this.#skip(); this.#source[this.#at] !== closing; this.#skip()) {
      let value = this.#expression();
      this.#skip();
      if (pairs && this.#source[this.#at] === ':') {
        this.#at++;
        value = this.#expression();
        this.#skip();
      }
      values.push(value);
      if (this.#source.startsWith('...', this.#at)) this.#at += 3;
      this.#skip();
      if (this.#source[this.#at] === ',') this.#at++;
      else if (this.#source[this.#at] !== closing) throw new Error('a list that does not end');
    }
    this.#at++;
    return values;
  }

  #called(name: string, given: Value[]): Value {
    const [first, ...others] = given;
    const short = name.replace(/^\w+\./, '');
    if (short === 'append') return others.flatMap((value) => (Array.isArray(value) ? value : [value]));
    const size = typeof first === 'string' ? first : '';
    switch (short) {
      case 'NewSecret':
      case 'newPlausibleSecret':
      case 'NewSecretWithEntropy':
        return this.#made(first);
      case 'GenerateSampleSecrets':
        return typeof first === 'string' && typeof others[0] === 'string' ? sampleForms(first, others[0]) : [undefined];
      case 'GenerateSampleSecret':
        return typeof first === 'string' && typeof others[0] === 'string'
          ? `${first}_api_token = "${others[0]}"`
          : undefined;
      case 'Numeric':
        return `[0-9]{${size}}`;
      case 'Hex':
        return `[a-f0-9]{${size}}`;
      case 'AlphaNumeric':
        return `[a-z0-9]{${size}}`;
      case 'AlphaNumericExtendedShort':
        return `[a-z0-9_-]{${size}}`;
      case 'AlphaNumericExtended':
        return `[a-z0-9=_\\-]{${size}}`;
      case 'AlphaNumericExtendedLong':
        return `[a-z0-9\\/=_\\+\\-]{${size}}`;
      case 'Hex8_4_4_4_12':
        return '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
      case 'Sprintf':
        return formatted(first, others);
      case 'EncodeToString':
        return typeof first === 'string' ? Buffer.from(first).toString('base64') : undefined;
      case 'byte':
        return first;
      default:
        return undefined;
    }
  }

  #made(expression: Value): Value {
    if (typeof expression !== 'string') return undefined;
    try {
      return textMatching(expression, this.#next);
    } catch {
      return undefined;
    }
  }

  /** A variable of the same function. */
  #named(word: string): Value {
    if (word === 'nil') return [];
    const definition = new RegExp(`^\\s*(?:var |const )?${word.replaceAll('.', '\\.')}\\s*:?=\\s*`, 'm').exec(
      this.#source,
    );
    if (!definition || word === 'tps' || word === 'fps') return word === 'tps' || word === 'fps' ? [] : undefined;
    const back = this.#at;
    this.#at = definition.index + definition[0].length;
    try {
      return this.#expression();
    } catch {
      return undefined;
    } finally {
      this.#at = back;
    }
  }

  #skip(): void {
    const blank = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y;
    blank.lastIndex = this.#at;
    this.#at += blank.exec(this.#source)?.[0].length ?? 0;
  }
}

function formatted(form: Value, values: readonly Value[]): Value {
  if (typeof form !== 'string' || values.some((value) => typeof value !== 'string')) return undefined;
  let index = 0;
  return form.replaceAll(/%[svq%]/g, (sign) => (sign === '%%' ? '%' : String(values[index++])));
}

function unescaped(text: string): string {
  const signs: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };
  return text.replaceAll(/\\(.)/g, (_, character: string) => signs[character] ?? character);
}
