import { OutOfFuel, Run, Thrown } from '../../code/run/run.ts';
import { optionsOf, textOfValue, type Site, type Unknown, type Value } from '../../code/run/values.ts';
import { argumentsOf } from '../stranger/arguments.ts';
import { Visit } from '../stranger/visit.ts';
import type { Modules } from '../../code/run/modules.ts';
import type { Repository } from '../../repository/repository.ts';

/** What code compares the address and the method of a request with. */
export interface Asks {
  /** Paths, each with the place that names it. */
  readonly paths: ReadonlyMap<string, Site>;
  readonly methods: ReadonlySet<string>;
}

const verbs = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/;

/** Follows a request whose address and method are not known, and notes what they are compared with. */
class Explorer extends Visit {
  readonly paths = new Map<string, Site>();
  readonly methods = new Set<string>();

  override equal(run: Run, one: Value, other: Value): boolean | undefined {
    const asked = one.kind === 'unknown' ? one : other.kind === 'unknown' ? other : undefined;
    const text = textOfValue(one.kind === 'unknown' ? other : one);
    if (asked?.source === 'request' && text !== undefined && this.#note(run, text)) return undefined;
    return super.equal(run, one, other);
  }

  tested(run: Run, text: Unknown, how: string, against: Value): void {
    if (text.source !== 'request' || !/^(?:url|method|pathname|path)$/.test(text.name ?? '')) return;
    const word = textOfValue(against);
    if (how === 'startsWith' && word?.startsWith('/')) this.#note(run, word.endsWith('/') ? `${word}:id` : word);
    if (against.kind === 'pattern' && /^(?:test|match|exec)$/.test(how)) this.#notePattern(run, against.text);
    if (how === 'key' && against.kind === 'record') for (const key of against.entries.keys()) this.#noteKey(run, key);
    if (/^(?:has|get)$/.test(how) && word === undefined) return;
    if (how === 'endsWith' && word !== undefined && /^\/\w/.test(word)) this.#note(run, word);
  }

  #noteKey(run: Run, key: string): void {
    const [, verb, path] = /^([A-Z]+)[\s:]*(\/.*)$/.exec(key) ?? [];
    if (verb && path) {
      this.methods.add(verb);
      this.#note(run, path);
    } else this.#note(run, key);
  }

  #note(run: Run, text: string): boolean {
    if (verbs.test(text)) this.methods.add(text);
    else if (/^\/[^\s]*$/.test(text) && text.length < 200 && !this.paths.has(text) && run.at)
      this.paths.set(text, run.at);
    else return false;
    return true;
  }

  /** A regular expression becomes the path that it stands for, when it is as plain as one. */
  #notePattern(run: Run, pattern: string): void {
    const source = /^\/\^?(.*?)\$?\/\w*$/.exec(pattern)?.[1] ?? '';
    const path = source
      .replaceAll('\\/', '/')
      .replaceAll(/\((?:\?<\w+>)?(?:\\d\+|\\w\+|\[[^\]]+\]\+|\.\+|\.\*)\)|\\d\+|\\w\+|\[[^\]]+\]\+/g, ':id')
      .replace(/\/\?$/, '');
    if (/^(?:\/[\w:.-]*)+$/.test(path)) this.#note(run, path);
  }
}

/** What the function that answers a server's requests asks of the address and the method. */
export function explore(repository: Repository, modules: Modules, handler: Value): Asks {
  const visit = new Explorer();
  const run = new Run(repository, modules, visit, { fuel: 200_000, strict: true });
  const given = argumentsOf('node-http', visit, run, () => ({ method: undefined, path: undefined, prefix: '/' }));
  const site = siteOf(handler);
  if (site)
    run.journal.attempt(() => {
      try {
        run.marks = new Set(['none']);
        for (const option of optionsOf(handler)) run.invoke(option, given, site);
      } catch (error) {
        if (!(error instanceof Thrown) && !(error instanceof OutOfFuel) && !(error instanceof RangeError)) throw error;
      }
    });
  return { paths: visit.paths, methods: visit.methods };
}

export function siteOf(handler: Value): Site | undefined {
  const [first] = optionsOf(handler);
  return first?.kind === 'function' ? { module: first.module, node: first.node } : undefined;
}
