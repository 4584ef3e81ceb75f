import { guarded } from '../code/edit/guarded.ts';
import { applySpans, type SpanEdit } from '../code/edit/spans.ts';
import { isCode } from '../code/parse.ts';
import type { Place } from '../repository/place.ts';
import type { Repository } from '../repository/repository.ts';
import { overlaid, type Parsed } from '../repository/overlay.ts';
import { sameContent, textOf, type Content } from '../tree/content.ts';
import { packageJsonWith, type PackageKind } from './package-json-with.ts';
import type { DraftedBy, Kept, Left, PlannedSetting, PlannedStep } from './plan.ts';

/** How a change is told, and how careful one has to be with it. */
export interface Telling {
  /** One sentence: what the change is for. Never holds a secret. */
  readonly why: string;
  /** True for a file that its owner alone may read. */
  readonly secret?: boolean;
  /** True when what was there before must never be shown. */
  readonly hides?: boolean;
  readonly mode?: number;
}

/** A project under work, by one guardrail: what it reads is the project with everything that was drafted so far. */
export interface Draft {
  /** The same draft, for what another one does. */
  as(by: DraftedBy): Draft;
  /** The project as it would be now. Opened anew after each change: ask for it again instead of keeping it. */
  repository(): Repository;
  /** The exact text of a file; undefined where there is none, or where it is no text. */
  read(path: string): string | undefined;
  /** What stands at this path: its text, or its bytes where it is none. */
  bytes(path: string): Content | undefined;
  /** True for a file that this draft has added. */
  isNew(path: string): boolean;
  /** Adds a file. Throws where something else stands there already: look first. */
  create(path: string, text: string, telling: Telling): void;
  /** Replaces the text of a file; the same text is no change. */
  edit(path: string, text: string, telling: Telling): void;
  /** Edits parts of a file. False, and nothing is done, where the result of a code file would not be what it was but for the edits. */
  editSpans(path: string, edits: readonly SpanEdit[], telling: Telling): boolean;
  remove(path: string, telling: Telling): void;
  /** Adds packages to the app's package.json in the exact version that was tested, unless they are there already. */
  require(names: readonly string[], kind?: PackageKind): void;
  /** Tells of a setting that the project reads from now on; it gets its line in `.env.example`. */
  setting(setting: PlannedSetting): void;
  /** What was told so far. */
  settings(): readonly PlannedSetting[];
  leave(left: Omit<Left, 'by'>): void;
  keep(what: string, where?: Place): void;
}

/** Everything that was drafted. */
export interface Drafted {
  readonly steps: readonly PlannedStep[];
  readonly left: readonly Left[];
  readonly kept: readonly Kept[];
  readonly settings: readonly PlannedSetting[];
  /** Packages that were added, directly. */
  readonly packages: readonly string[];
}

/** What a draft begins with. */
export interface DraftInputs {
  readonly repository: Repository;
  /** The bytes of a file as they are, also of one that git ignores; undefined where there is none. */
  readonly contentOf: (path: string) => Content | undefined;
  /** The folder of the app, '' for the top. */
  readonly app: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Where the project lies in its git repository, such as `tools/poll`; undefined at its top. */
  readonly nested?: string | undefined;
}

/** What hosts read nowhere else. */
const onlyAtTheTop = /^(?:\.github\/|\.gitlab-ci\.yml$|\.gitlab\/|CODEOWNERS$)/;

/** Opens a draft; `by` gives it to one guardrail. */
export function openDraft({ repository: base, contentOf, app, versions, nested }: DraftInputs): {
  readonly by: (id: DraftedBy) => Draft;
  readonly drafted: () => Drafted;
} {
  const now = new Map<string, Content | undefined>();
  // Git is to ignore what holds values: nobody who reads the repository sees it.
  const secret = new Set<string>();
  const steps: PlannedStep[] = [];
  const left: Left[] = [];
  const kept: Kept[] = [];
  const settings = new Map<string, PlannedSetting>();
  const packages = new Set<string>();
  const parsed: Parsed = new Map();
  let seen: Repository | undefined = base;

  const contentNow = (path: string): Content | undefined => (now.has(path) ? now.get(path) : contentOf(path));
  const take = (step: PlannedStep, after: Content | undefined): void => {
    steps.push(step);
    now.set(step.path, after);
    if (step.secret && contentOf(step.path) === undefined) secret.add(step.path);
    seen = undefined;
  };

  const by = (id: DraftedBy): Draft => {
    const create: Draft['create'] = (path, text, telling) => {
      const there = contentNow(path);
      if (sameContent(there, text)) return;
      if (there !== undefined) throw new Error(`${id} would replace ${path}, which is there already`);
      if (nested !== undefined && onlyAtTheTop.test(path)) {
        const why = `${path} counts only at the top of the git repository, and this project lies in ${nested} of it: run retrofit there, with --app ${nested}`;
        return void left.push({ by: id, where: { path }, why, lines: [] });
      }
      take({ kind: 'create', path, by: id, after: text, ...telling }, text);
    };
    const edit: Draft['edit'] = (path, text, telling) => {
      const before = contentNow(path);
      if (before === undefined) return create(path, text, telling);
      if (sameContent(before, text)) return;
      // Whoever could not read it must not replace it.
      if (textOf(before) === undefined) return void left.push({ by: id, where: { path }, why: notText, lines: [] });
      take({ kind: 'edit', path, by: id, before, after: text, ...telling }, text);
    };
    const read: Draft['read'] = (path) => textOf(contentNow(path));
    return {
      as: by,
      repository: () => (seen ??= overlaid(base, new Map([...now].filter(([path]) => !secret.has(path))), parsed)),
      read,
      bytes: contentNow,
      isNew: (path) => now.has(path) && contentOf(path) === undefined,
      create,
      edit,
      editSpans: (path, edits, telling) => {
        const text = read(path);
        if (text === undefined || edits.length === 0) return false;
        const made = isCode(path)
          ? guarded(path, text, edits)
          : { kind: 'text' as const, text: applySpans(text, edits) };
        if (made.kind === 'text') edit(path, made.text, telling);
        return made.kind === 'text';
      },
      remove: (path, telling) => {
        const before = contentNow(path);
        if (before !== undefined) take({ kind: 'remove', path, by: id, before, ...telling }, undefined);
      },
      require: (names, kind = 'dependencies') => {
        const path = app === '' ? 'package.json' : `${app}/package.json`;
        const { text, added } = packageJsonWith(read(path), names, kind, versions);
        if (added.length === 0) return;
        for (const name of added) packages.add(name);
        edit(path, text, { why: `${added.join(', ')} ${added.length === 1 ? 'is' : 'are'} needed for it` });
      },
      settings: () => [...settings.values()],
      setting: (setting) => void settings.set(setting.name, setting),
      leave: (one) => void left.push({ by: id, ...one }),
      keep: (what, where) => void kept.push({ by: id, what, ...(where && { where }) }),
    };
  };

  return {
    by,
    drafted: () => ({ steps, left, kept, settings: [...settings.values()], packages: [...packages] }),
  };
}

const notText = 'it is not written in UTF-8, so it was left as it is: save it as UTF-8, and run the same line again';
