import { quoted } from './quoted.ts';

/** The routes that cost money, one line for each, and who is paid. */
export function spendingFile(spending: Readonly<Record<string, string>>): string {
  const lines = Object.keys(spending)
    .toSorted()
    .map((key) => `  ${quoted(key)}: ${quoted(spending[key] ?? '')},`);
  return `// What costs money each time it is called: these routes have a budget, BUDGET_PER_USER and BUDGET_TOTAL calls a day.

/** As in the access table; a route that calls a paid service belongs here. */
// prettier-ignore
export const spending: Readonly<Record<string, string>> = {
  // address: who is paid
${lines.map((line) => `${line}\n`).join('')}};
`;
}
