import { readJson, setJson } from '../../tree/json.ts';
import { isRecord } from '../../tree/record.ts';

/** The options that decide whether the compiler reads JavaScript that nobody imports, from a tsconfig and those that it extends. */
export interface CompilerScope {
  readonly readsJavaScript: boolean;
  readonly include: readonly string[] | undefined;
  readonly exclude: readonly string[] | undefined;
  readonly outDir: string | undefined;
}

/** What a tsconfig says about it; `read` gives the text of another one by its path from this one. */
export function compilerScope(text: string, read: (path: string) => string | undefined, steps = 4): CompilerScope {
  const given = valueOf(text);
  const options = isRecord(given['compilerOptions']) ? given['compilerOptions'] : {};
  const base = typeof given['extends'] === 'string' && steps > 0 ? read(given['extends']) : undefined;
  const under = base === undefined ? undefined : compilerScope(base, () => undefined, steps - 1);
  const flag = (name: string): boolean | undefined => (typeof options[name] === 'boolean' ? options[name] : undefined);
  return {
    readsJavaScript: flag('allowJs') ?? flag('checkJs') ?? under?.readsJavaScript ?? false,
    include: textsIn(given['include']) ?? (textsIn(given['files']) ? [] : under?.include),
    exclude: textsIn(given['exclude']) ?? under?.exclude,
    outDir: typeof options['outDir'] === 'string' ? options['outDir'] : under?.outDir,
  };
}

/** A tsconfig whose compiler leaves the JavaScript of a folder alone: it would check it, and write it over itself. False where it does so already. */
export function withoutFolder(text: string, folder: string, scope: CompilerScope): string | false {
  const { readsJavaScript, include, exclude, outDir } = scope;
  const takesAll = include === undefined || include.some((pattern) => takesFolder(pattern, folder));
  if (!readsJavaScript || !takesAll || exclude?.some((pattern) => plain(pattern) === folder)) return false;
  const usual = ['node_modules', ...(outDir === undefined ? [] : [plain(outDir)])];
  return setJson(text, ['exclude'], [...(exclude ?? usual), folder]);
}

/** `src` and `**` with the ending `.ts` do not take it. */
function takesFolder(pattern: string, folder: string): boolean {
  return ['', '*', '**', folder].includes(plain(pattern));
}

/** `./src/**` and `src/**` with a star behind it, as `src`. */
function plain(pattern: string): string {
  const path = pattern.replace(/^(?:\.\/)+|^\.$/, '').replace(/\/+$/, '');
  return path.replace(/(?:^|\/)\*\*\/\*$|\/\*\*?$|^\*\*$/, '');
}

function valueOf(text: string): Readonly<Record<string, unknown>> {
  const value = readJson(text.replace(/^\uFEFF/, ''));
  return isRecord(value) ? value : {};
}

function textsIn(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : undefined;
}
