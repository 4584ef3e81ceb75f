/** The starter's own way to stop, which cuts nothing off but waits for nobody either: `process.on('SIGTERM', () => server.close());`. */
const ownStop = /\n*^process\.on\('SIGTERM', \(\) => (?:void )?\w+\.close\(\)\);\n/m;

/** Takes the starter's own way to stop out of its entry file: `src/guardrails/shutdown.ts` stops the app from now on. */
export function handOverStop(text: string): string | false {
  if (!ownStop.test(text)) return false;
  const rest = text.replace(ownStop, '\n');
  const isUsed = /\bserver\b(?! = )/.test(rest.replace(/'[^']*'/g, ''));
  return isUsed ? rest : rest.replace('const server = ', '');
}
