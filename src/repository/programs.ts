import type { Command } from './scripts.ts';

const runners =
  /^(?:jest|vitest|mocha|_mocha|ava|tap|tape|jasmine|karma|uvu|borp|qunit|lab|poku|tsd|wtr|web-test-runner|testcafe|cucumber-js|codeceptjs|nightwatch|newman|jasmine-ts|ts-mocha|mochapack|cypress|playwright|twd|japa|wdio|bddgen|hurl)$/;
const testWord = /^(?:test|tests|e2e|unit|test:.+)$/;

/** Whether a program runs tests. */
export function runsTests({ words }: Pick<Command, 'words'>): boolean {
  const [program = '', ...rest] = plainProgram(words);
  if (program === 'cypress') return rest[0] === 'run';
  if (program === 'playwright') return rest[0] === 'test';
  if (program === 'vitest') return rest[0] !== 'bench' && rest[0] !== 'list';
  if (/^(?:nx|turbo|moon|lerna|rush|lage|wsrun|ultra)$/.test(program))
    return rest.some((word) => word.split(',').some((part) => /^:?(?:test|tests|unit|e2e)(?::.+)?$/.test(part)));
  if (runners.test(program)) return !rest.includes('--version') && !rest.includes('--help');
  if (
    /^(?:react-scripts|craco|react-app-rewired|ng|nx|expo|deno|bun|ember|vue-cli-service|wp-scripts|umi|razzle|tsdx|dts|strapi|aegir|egg-bin|moleculer-runner|lerna|umi-test|max)$/.test(
      program,
    )
  )
    return testWord.test(rest[0] ?? '');
  if (
    !/^(?:node|nodejs|tsx|ts-node|ts-node-esm|ts-node-dev|babel-node|esr|esno|bun|electron-mocha|zx|gulp|grunt|nodemon)$/.test(
      program,
    )
  )
    return false;
  if (rest.includes('--test')) return true;
  return rest.some(
    (word) =>
      !word.startsWith('-') && /(?:^|[/._-])(?:tests?|specs?|jest|vitest|mocha|ava|japa|ace)(?:[/._-]|$)/i.test(word),
  );
}

/** Whether a program checks types. Builds of frameworks that do so too count. */
export function checksTypes({ words }: Pick<Command, 'words'>): boolean {
  const [program = '', first = ''] = plainProgram(words);
  if (/^(?:tsc|vue-tsc|tsgo|svelte-check|ngc|attw|tsd|flow)$/.test(program))
    return first !== '--version' && first !== '--init';
  if (/^(?:next|nest|ng|gatsby|nuxi|nuxt|astro|deno|ttsc|tsup|react-router|umi)$/.test(program))
    return /^(?:build|check|typecheck)$/.test(first);
  return /^(?:react-scripts|craco)$/.test(program) && first === 'build';
}

/** Whether a program looks for mistakes in the code without running it. */
export function lints({ words }: Pick<Command, 'words'>): boolean {
  const [program = '', first = ''] = plainProgram(words);
  if (
    /^(?:eslint|oxlint|xo|standard|ts-standard|semistandard|tslint|rslint|jshint|quick-lint-js|lint-staged|eslint_d|trunk|ultracite|sheriff)$/.test(
      program,
    )
  )
    return true;
  if (program === 'biome' || program === 'rome') return /^(?:check|lint|ci)$/.test(first);
  return /^(?:next|ng|nx|deno|vue-cli-service|expo|gts|egg-bin|wp-scripts)$/.test(program) && first === 'lint';
}

/** How a program installs packages: `frozen` is what the lock file says, `loose` may be something newer; undefined when it installs none. */
export function installs({ words }: Pick<Command, 'words'>): 'frozen' | 'loose' | undefined {
  const [program = '', ...rest] = words;
  if (!/^(?:npm|yarn|pnpm|bun)$/.test(program) || rest.some((word) => /^(?:-g|--global|--version|-v)$/.test(word)))
    return undefined;
  const plain = withoutFolder(rest);
  const [verb] = plain;
  const named = plain.slice(1).filter((word) => !word.startsWith('-'));
  if (program === 'npm') {
    if (/^(?:ci|clean-install|install-clean|cit|install-ci-test)$/.test(verb ?? '')) return 'frozen';
    if (!/^(?:install|i|in|it|install-test|isntall|add)$/.test(verb ?? '') || named.length > 0) return undefined;
    return rest.includes('--package-lock-only') ? undefined : 'loose';
  }
  if (rest.some((word) => /^--(?:frozen-lockfile|immutable|frozen|immutable-cache)$/.test(word))) return 'frozen';
  if (verb === 'ci' && program === 'bun') return 'frozen';
  if (verb !== undefined && !/^(?:install|i)$/.test(verb)) return undefined;
  if (verb === undefined && (program !== 'yarn' || rest.some((word) => /^--(?:help|cwd=)/.test(word))))
    return undefined;
  return named.length > 0 ? undefined : 'loose';
}

function withoutFolder(rest: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] as string;
    if (
      /^(?:--prefix|--cwd|-C|--dir|--network-timeout|--registry|--loglevel|--cache|--cache-folder|--workspace|-w|--filter|-F)$/.test(
        word,
      )
    )
      at++;
    else if (kept.length > 0 || !word.startsWith('-')) kept.push(word);
  }
  return kept;
}

/** `./node_modules/.bin/jest` and `node node_modules/jest/bin/jest.js` are `jest`. */
function plainProgram(words: readonly string[]): readonly string[] {
  const rest = /^(?:node|nodejs)$/.test(words[0] ?? '') ? afterOptions(words) : words;
  const [, program] =
    /(?:^|\/)node_modules\/(?:\.bin\/|(?:@[\w-]+\/)?[\w-]+\/(?:.*\/)?)([\w-]+)(?:\.[cm]?js)?$/.exec(rest[0] ?? '') ??
    [];
  return program === undefined ? words : [program, ...rest.slice(1)];
}

function afterOptions(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word, index) => index > 0 && !word.startsWith('-'));
  return first === -1 ? words : words.slice(first);
}
