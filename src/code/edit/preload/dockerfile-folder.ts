import { dockerfileFrom, execForm, type Instruction, type Stage } from '../../../repository/dockerfiles.ts';
import { applySpans, type SpanEdit } from '../spans.ts';
import { together, type Preloaded } from './preload.ts';

/** One COPY or ADD: what it takes, and where to. */
interface Copy {
  readonly instruction: Instruction;
  readonly flags: readonly string[];
  /** The stage or image it takes from; undefined for the folder that the image is built in. */
  readonly from: string | undefined;
  readonly sources: readonly string[];
  readonly to: string;
}

const takenAlong = 'it takes the folder along with everything else';
const noStage = 'it copies no code of the app';

/**
 * Makes an image hold one more folder of the app, beside whatever single files and folders it copies: `COPY guardrails ./guardrails`.
 * `folder` is named from the app's own folder; `app` is that folder from the one in which the image is built, '' for the same.
 */
export function dockerfileWithFolder(text: string, folder: string, app = ''): Preloaded {
  const { stages } = dockerfileFrom('Dockerfile', text);
  const edits: SpanEdit[] = [];
  const parts: Preloaded[] = [];
  const holding = new Set<string>();
  for (const [index, stage] of stages.entries()) {
    const copies = stage.instructions.flatMap(copyFrom);
    const name = [stage.name ?? '', String(index)];
    const inherits = holding.has(stage.image);
    const holds = copies.find((copy) => takes(copy, folder, app, holding));
    const last = index === stages.length - 1;
    const wanted = copies.filter((copy) =>
      copy.from === undefined ? isCode(copy, app) : last && isNode(stage, stages),
    );
    if (inherits || holds) parts.push({ kind: 'there' });
    else if (wanted.length > 0 && (!last || isNode(stage, stages))) {
      const edit = editAfter(text, wanted, folder, app);
      if (edit) edits.push(edit);
      parts.push(
        edit ? { kind: 'text', text } : { kind: 'none', why: 'where it puts the files of the app is not clear' },
      );
    } else continue;
    if (inherits || holds || parts.at(-1)?.kind === 'text') for (const one of name) holding.add(one);
  }
  const none = parts.find((part) => part.kind === 'none');
  if (none) return none;
  return together(parts, applySpans(text, edits), stages.length === 0 ? noStage : takenAlong);
}

function copyFrom(instruction: Instruction): Copy[] {
  if (!/^(?:COPY|ADD)$/.test(instruction.keyword) || instruction.text.includes('<<')) return [];
  const flags = /^(?:--\S+\s+)*/.exec(instruction.text)?.[0] ?? '';
  const rest = instruction.text.slice(flags.length).trim();
  const words = execForm(rest) ?? rest.split(/\s+/);
  const from = /--from=(\S+)/.exec(flags)?.[1];
  const kept = flags.split(/\s+/).filter((flag) => flag !== '' && !/^--(?:from|parents|exclude)\b/.test(flag));
  return [{ instruction, flags: kept, from, sources: words.slice(0, -1).map(plain), to: words.at(-1) ?? '' }];
}

/** Without `./` before it and `/` behind it; '.' for all there is. */
function plain(path: string): string {
  return path.replace(/^(?:\.\/)+(?=.)/, '').replace(/(?<=.)\/+\.?$/, '') || '.';
}

/** Whether a copy brings the folder: by its name, or as a part of what it brings. */
function takes({ from, sources, to }: Copy, folder: string, app: string, holding: ReadonlySet<string>): boolean {
  const path = joined(app, folder);
  if (from === undefined)
    return sources.some((source) => source === '.' || source === path || path.startsWith(`${source}/`));
  if (!holding.has(from)) return false;
  return sources.some(
    (source) => source.endsWith(`/${folder}`) || source === '/' || source === '.' || isSame(source, to),
  );
}

/** `COPY --from=build /app ./` and `/usr/src/app /usr/src/app`: the folder of the app as a whole. */
function isSame(source: string, to: string): boolean {
  const inside =
    /(?:^|\/)(?:dist|build|out|lib|node_modules|prisma|public|src|server|client|\.next|package[\w*.-]*)(?:\/|$)/;
  return !inside.test(source) && !/\.\w+$/.test(source) && (plain(to) === '.' || source === plain(to));
}

const settingsOnly =
  /(?:^|\/)(?:package[\w*.-]*|[\w-]*lock[\w*.-]*|npm-shrinkwrap\.json|pnpm-[\w*.-]+|\.\w+rc[\w.*-]*|tsconfig[\w*.-]*|bunfig\.toml|\.yarn|prisma|patches|node_modules|\.env[\w.*-]*|[\w.-]+\.(?:conf|sh|sql|md|pem|crt))$/;

/** Whether it brings code that lies in the folder of the app. */
function isCode({ sources, from }: Copy, app: string): boolean {
  const inApp = sources.filter((source) => app === '' || source.startsWith(`${app}/`));
  return from === undefined && inApp.some((source) => !settingsOnly.test(source) && !/^https?:/.test(source));
}

/** Whether the image of a stage runs Node, as far as its name and its start tell. */
function isNode(stage: Stage, stages: readonly Stage[]): boolean {
  const starts = stage.instructions.filter(({ keyword }) => /^(?:CMD|ENTRYPOINT)$/.test(keyword));
  if (
    starts.some(({ text }) => /\b(?:node|nodejs|npm|npx|yarn|pnpm|tsx|nodemon|pm2(?:-runtime)?|ts-node)\b/.test(text))
  )
    return true;
  if (/nginx|caddy|httpd|apache/i.test(stage.image)) return false;
  const base = stages.find(({ name }) => name !== undefined && name === stage.image);
  return base !== undefined && base !== stage ? isNode(base, stages) : /(?:^|[/:-])node(?:js)?\b/.test(stage.image);
}

/** One more line like the last of those: same keyword, same owner, same line end. */
function editAfter(text: string, copies: readonly Copy[], folder: string, app: string): SpanEdit | undefined {
  const root = copies.map((copy) => rootOf(copy, app)).find((found) => found !== undefined);
  const last = copies.at(-1);
  if (root === undefined || !last) return undefined;
  const { line, end } = lineAt(text, last.instruction.line);
  const keyword = /^\s*\S+/.exec(line)?.[0].replace(/add$/i, (word) => (word === 'add' ? 'copy' : 'COPY')) ?? 'COPY';
  const added = [keyword, ...last.flags, joined(app, folder), `${root}${folder}`].join(' ');
  return { start: end, end, text: `${text.includes('\r\n') ? '\r\n' : '\n'}${added}`, why: `takes ${folder} along` };
}

/** Where the folder of the app lies in the image, with `/` behind it, told by where one of its files goes. */
function rootOf({ sources, to, from }: Copy, app: string): string | undefined {
  const [first = '', second] = sources;
  const inside = from === undefined && app !== '' ? first.slice(app.length + 1) : first;
  const name = inside.split('/').at(-1) ?? '';
  if (from === undefined && inside.includes('/')) return undefined;
  if (second !== undefined || /\.\w+$/.test(name))
    return to.endsWith('/') || /^\.?$/.test(to) ? folderText(to) : parentOf(to);
  const target = plain(to);
  if (target.split('/').at(-1) === name) return parentOf(target);
  // The contents of a folder, put where its files find nothing beside them any more.
  return undefined;
}

function folderText(to: string): string {
  const path = plain(to);
  return path === '.' ? './' : `${path.startsWith('/') || to.startsWith('.') === false ? path : `./${path}`}/`;
}

function parentOf(target: string): string {
  const folder = target.includes('/') ? target.slice(0, target.lastIndexOf('/') + 1) : '';
  return folder === '' ? './' : folder;
}

function joined(app: string, folder: string): string {
  return app === '' ? folder : `${app}/${folder}`;
}

/** The first line of an instruction, and where its last one ends. */
function lineAt(text: string, number: number): { readonly line: string; readonly end: number } {
  const lines = text.split('\n');
  let at = number - 1;
  const line = lines[at] ?? '';
  while (/\\\s*$|^\s*#/.test(lines[at] ?? '') && at < lines.length - 1) at++;
  const end = lines
    .slice(0, at + 1)
    .join('\n')
    .replace(/\r$/, '').length;
  return { line, end: end - (text.startsWith('\uFEFF') ? 1 : 0) };
}
