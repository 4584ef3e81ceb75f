import type { Repository } from '../repository.ts';
import { textsOf, yamlAt, type Yaml } from '../yaml.ts';
import type { CiJob, CiStep, Pipeline } from './pipeline.ts';

const entry = '.gitlab-ci.yml';
/** Words on the top level that are no jobs. */
const noJob =
  /^(?:\.|stages$|variables$|default$|include$|workflow$|image$|services$|cache$|before_script$|after_script$|types$|spec$|pages$)/;

/** The pipeline of GitLab, with the files that it includes from the same repository. */
export function gitlabPipelines(repository: Repository): Pipeline[] {
  if (!repository.file(entry)) return [];
  const unclear: { where: { path: string; line?: number }; why: string }[] = [];
  const files = includedFrom(repository, entry, unclear, new Set());
  const roots = files.flatMap((path) => (yamlAt(repository, path)?.documents ?? []).map((root) => ({ path, root })));
  const named = new Map(
    roots.flatMap(({ path, root }) => root.entries.map((item) => [item.key, { path, node: item.value }] as const)),
  );
  const defaults = named.get('default')?.node;
  const always = defaults?.get('before_script') ?? named.get('before_script')?.node;

  const jobs = roots.flatMap(({ path, root }) =>
    root.entries.flatMap(({ key, line, value }): CiJob[] => {
      if (noJob.test(key)) return [];
      const family = withParents(value, named);
      const find = (word: string): Yaml | undefined => family.map((node) => node.get(word)).find(Boolean);
      const script = find('script');
      if (!script) return [];
      const texts = [find('before_script') ?? always, script].flatMap((list) => stepsOf(list, path));
      return [
        {
          name: key,
          where: { path, line },
          onChange: runsOnChange(find('rules'), find('only'), find('except')) && find('when')?.text !== 'manual',
          mayFail: find('allow_failure')?.text === 'true',
          steps: inOneShell(texts),
        },
      ];
    }),
  );
  return [{ system: 'GitLab CI', path: entry, jobs, unclear }];
}

function includedFrom(
  repository: Repository,
  path: string,
  unclear: Pipeline['unclear'][number][],
  seen: Set<string>,
): string[] {
  if (seen.has(path)) return [];
  seen.add(path);
  const file = yamlAt(repository, path);
  if (file?.error !== undefined) unclear.push({ where: { path }, why: file.error });
  const include = file?.documents.map((root) => root.get('include')).find(Boolean);
  const asked = include === undefined ? [] : include.items.length > 0 ? include.items : [include];
  const below = asked.flatMap((item) => {
    const local = item.get('local')?.text ?? item.text;
    const target = local?.replace(/^\//, '');
    if (target !== undefined && repository.file(target)) return includedFrom(repository, target, unclear, seen);
    unclear.push({
      where: { path, line: item.line },
      why: `it includes ${target ?? 'a file of another project'}, which is not here`,
    });
    return [];
  });
  return [...below, path];
}

/** A job and what it extends, the nearest first. */
function withParents(node: Yaml, named: ReadonlyMap<string, { node: Yaml }>, depth = 0): Yaml[] {
  const parents = node.get('extends');
  const names = parents === undefined ? [] : parents.items.length > 0 ? parents.items : [parents];
  if (depth > 8) return [node];
  const above = names.toReversed().flatMap(({ text }) => {
    const parent = text === undefined ? undefined : named.get(text)?.node;
    return parent ? withParents(parent, named, depth + 1) : [];
  });
  return [node, ...above];
}

function stepsOf(list: Yaml | undefined, path: string): CiStep[] {
  if (list === undefined) return [];
  const nodes =
    list.text === undefined ? list.items.flatMap((item) => (item.text === undefined ? item.items : [item])) : [list];
  return nodes.map((node) => ({
    where: { path, line: node.textLine },
    text: node.text ?? '',
    folder: '',
    uses: undefined,
    mayFail: false,
  }));
}

/** All lines of a job share one shell: a `cd` holds for those after it. */
function inOneShell(steps: readonly CiStep[]): CiStep[] {
  let folder = '';
  return steps.map((step) => {
    const here = { ...step, folder };
    const [, target] = /^\s*cd\s+(["']?)([\w./-]+)\1\s*$/.exec(step.text)?.slice(1) ?? [];
    if (target === '..') folder = folder.split('/').slice(0, -1).join('/');
    else if (target !== undefined)
      folder = target.startsWith('/') ? '' : [folder, target.replace(/^\.\/|\/$/g, '')].filter(Boolean).join('/');
    return here;
  });
}

/** GitLab runs a job on every push to any branch unless it is told otherwise. */
function runsOnChange(rules: Yaml | undefined, only: Yaml | undefined, except: Yaml | undefined): boolean {
  if (rules) return rules.items.length === 0 || rules.items.some(ruleHoldsOnChange);
  const refs = textsOf(only?.get('refs') ?? only);
  const not = textsOf(except?.get('refs') ?? except);
  if (not.some((ref) => /^(?:merge_requests|branches)$/.test(ref))) return refs.includes('merge_requests');
  return (
    refs.length === 0 ||
    refs.some((ref) => /^(?:merge_requests|branches|pushes|external_pull_requests)$|^\/\.\*\/$/.test(ref))
  );
}

function ruleHoldsOnChange(rule: Yaml): boolean {
  if (/^(?:never|manual)$/.test(rule.get('when')?.text ?? '')) return false;
  const condition = rule.get('if')?.text;
  if (condition === undefined || /merge_request_event|CI_MERGE_REQUEST/.test(condition)) return true;
  if (/!=/.test(condition) && !/==/.test(condition)) return true;
  return !/CI_COMMIT_TAG|CI_COMMIT_(?:BRANCH|REF_NAME)\s*==|CI_PIPELINE_SOURCE\s*==|CI_DEFAULT_BRANCH/.test(condition);
}
