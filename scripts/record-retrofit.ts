// Draws docs/images/retrofit-*: one real run of retrofit on a browser prototype, from the first command to signed-in use. Takes a minute or two, and
// needs git, `script` of util-linux, and a Chromium (`CHROMIUM` names it). Nothing of it is staged but the paid service, which stands on this computer.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { filesOf, writeFiles } from '../test/examples/prototypes/folders.ts';
import { openBrowser, type Page } from './record-retrofit/browser.ts';
import { startProvider } from './record-retrofit/provider.ts';
import { startRetrofitted } from './record-retrofit/app.ts';
import { part, picture, shownBy } from './record-retrofit/terminal.ts';

const images = resolve('docs/images');
const typed = 'npx shipshape retrofit ../meeting-notes --owner @ana --yes';
const cut = ['', '\u001b[2m  …\u001b[22m', ''];
const visitor = { email: 'ana@example.com', password: 'correct horse battery' };

/** Not every computer has pictures for them, and then a box would be seen. */
const withoutEmoji = `for (const button of document.querySelectorAll('button'))
  button.textContent = button.textContent.replace(/^\\p{Emoji}\\s*/u, '');`;

const top = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-recording-')));
const folder = join(top, 'meeting-notes');
try {
  writePrototype();
  drawRun(shownBy(`'${process.execPath}' '${resolve('bin/shipshape.js')}' retrofit . --owner @ana --yes`, folder));
  await drawUse();
} finally {
  rmSync(top, { recursive: true, force: true, maxRetries: 5 });
}

/** The prototype as its owner has it: in git, with a key in the code that nobody ever issued. */
function writePrototype(): void {
  writeFiles(folder, filesOf('express4-meeting-notes', 'before'));
  const who = ['-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', '-c', 'commit.gpgSign=false'];
  for (const words of [
    ['init', '--quiet'],
    ['add', '--all'],
    [...who, 'commit', '--quiet', '--message', 'Works'],
  ])
    execFileSync('git', words, { cwd: folder });
}

/** What the terminal showed: the telling parts, in their order. */
function drawRun(shown: readonly string[]): void {
  const secrets = shown.slice(shown.indexOf(part(shown, 'secrets', 'No password')[0] ?? ''));
  const [, ...ends] = part(secrets, '  ~ server.js', '  ~ .gitignore');
  const plan = [
    ...part(shown, 'Revoke this key now', 'Change these'),
    ...part(shown, 'What it is', 'What is missing'),
    ...part(shown, 'The plan:', '  wiring'),
    ...cut,
    ...part(shown, '  ~ server.js', '──'),
    ...cut,
    ...part(secrets, '  ~ app.js', '    13'),
    ...cut,
    ...part(secrets, '  ~ server.js', '     2'),
    ...part(ends, '    10', '    14'),
  ];
  const done = part(shown, 'Done:', '    Rule');
  const rules = part(shown, '    Rule', 'Verified').filter((line) => /Rule|✓/.test(line));
  const proof = [
    ...part(shown, 'The proof:', 'Done:'),
    ...done,
    ...rules,
    ...cut,
    ...part(shown, 'Next', 'To take all of it back'),
  ];
  write('retrofit-plan.svg', picture(typed, withoutDoubles(plan)));
  write('retrofit-proof.svg', picture(typed, withoutDoubles([...cut.slice(1), ...proof])));
}

/** One empty line between two parts is enough. */
function withoutDoubles(lines: readonly string[]): string[] {
  return lines.filter((line, index) => line !== '' || lines[index - 1] !== '');
}

/** A stranger, then somebody who signs in and has a meeting summarised. */
async function drawUse(): Promise<void> {
  const app = await startRetrofitted(folder, startProvider, visitor);
  const page = await openBrowser({ width: 1000, height: 640 });
  try {
    await page.open(app.address);
    await page.until(`document.querySelector('#password')`);
    write('retrofit-sign-in.png', await page.picture());
    await signIn(page);
    await page.until(`document.querySelectorAll('.meetings li').length === 3`);
    await press(page, 'Summarise');
    await page.until(`document.querySelector('.summary')`);
    await typeNotes(page);
    await press(page, 'Suggest');
    await page.until(`document.querySelector('input').value !== ''`);
    await page.run(withoutEmoji);
    write('retrofit-signed-in.png', await page.picture());
  } finally {
    await page.close();
    await app.stop();
  }
}

async function signIn(page: Page): Promise<void> {
  await page.run(`document.querySelector('#email').value = ${JSON.stringify(visitor.email)}`);
  await page.run(`document.querySelector('#password').value = ${JSON.stringify(visitor.password)}`);
  await page.run(`document.querySelector('form button').click()`);
}

/** React listens to what is typed: a value that is only set goes unnoticed. */
async function typeNotes(page: Page): Promise<void> {
  const notes =
    'Lea: the pilot starts on Monday with two teams. Tom sends the invitations, feedback is due in three weeks.';
  await page.run(`const area = document.querySelector('textarea');
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(area, ${JSON.stringify(notes)});
    area.dispatchEvent(new Event('input', { bubbles: true }));`);
}

async function press(page: Page, name: string): Promise<void> {
  await page.run(`[...document.querySelectorAll('button')].find((one) => one.textContent.includes('${name}')).click()`);
}

function write(name: string, content: string | Buffer): void {
  writeFileSync(join(images, name), content);
  console.log(`docs/images/${name}: ${Math.ceil(content.length / 1000)} kB`);
}
