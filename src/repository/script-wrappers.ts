/** Programs that only start the one after them. Options that take a value stand in the second group. */
const wrappers: Readonly<Record<string, RegExp>> = {
  npx: /^(?:-p|--package|-c|--call)$/,
  bunx: /^$/,
  pnpx: /^$/,
  'cross-env': /^$/,
  'cross-env-shell': /^$/,
  env: /^-u$/,
  'env-cmd': /^(?:-f|--file|-e|--environments)$/,
  dotenv: /^(?:-e|-c|-v|-p)$/,
  dotenvx: /^(?:-f|-e)$/,
  c8: /^(?:-r|--reporter|-o|--include|--exclude|-x|-n)$/,
  nyc: /^(?:-r|--reporter|--report-dir)$/,
  'xvfb-run': /^(?:-s|--server-args|-e)$/,
  timeout: /^(?:-k|-s)$/,
  doppler: /^$/,
  op: /^$/,
  infisical: /^$/,
  time: /^$/,
  sudo: /^-u$/,
  run: /^$/,
};

/** A command without what only wraps it. */
export function withoutWrappers(words: readonly string[]): readonly string[] {
  let rest = words;
  for (let round = 0; round < 8; round++) {
    const [program = '', second = ''] = rest;
    if (/^(?:npm|pnpm|yarn|bun)$/.test(program) && /^(?:exec|dlx|x)$/.test(second))
      rest = afterOptions(rest.slice(2), /^(?:-p|--package|-w|--workspace|--filter)$/);
    else if (program !== 'run' && Object.hasOwn(wrappers, program)) {
      const after = afterOptions(rest.slice(1), wrappers[program] as RegExp);
      rest = after.length > 0 ? after : rest;
      if (after.length === 0) break;
    } else break;
  }
  return rest;
}

/** What follows options, assignments, `run`, `--` and a duration. */
function afterOptions(words: readonly string[], takesValue: RegExp): readonly string[] {
  let at = 0;
  while (at < words.length) {
    const word = words[at] as string;
    if (takesValue.test(word)) at += 2;
    else if (/^-|^[A-Za-z_]\w*=|^run$|^\d+[smh]?$/.test(word)) at += 1;
    else break;
  }
  return words.slice(at);
}
