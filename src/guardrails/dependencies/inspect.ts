import { findingFrom, type Finding } from '../../flow/finding.ts';
import type { Project } from '../../flow/project.ts';
import { readJson } from '../../tree/json.ts';
import { managers } from './managers.ts';

const lockfileRule = 'deps/lockfile-frozen';
const exact = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;
const guardTest = 'test/guardrails/dependencies.test.ts';

type Dependencies = Readonly<Record<string, string>>;

/** `deps/lockfile-frozen`: exact versions, one lockfile that git keeps, used as it is in the image, watched by a test. */
export function inspectLockfile({ read, answers, values, tree }: Project): Finding {
  const { lockfile } = managers[answers.packageManager];
  const manifest = readJson(read('package.json') ?? '{}') as Readonly<Record<string, Dependencies | undefined>>;
  const asked = { ...manifest['dependencies'], ...manifest['devDependencies'], ...manifest['optionalDependencies'] };
  const loose = Object.entries(asked).find(([, version]) => !exact.test(version));
  if (loose)
    return fail(`${loose[0]} is asked for as ${loose[1]}: what is installed can change by itself`, 'package.json');

  const foreign = Object.values(managers).find(
    (other) => other.lockfile !== lockfile && read(other.lockfile) !== undefined,
  );
  if (foreign) return fail(`there are lockfiles of two package managers`, foreign.lockfile);
  if (read('.gitignore')?.split(/\r?\n/).includes(lockfile))
    return fail('git does not keep the lockfile', '.gitignore');
  const missing = missingIn(read(lockfile), asked);
  if (missing) return fail(`the lockfile does not hold ${missing}: it was not written for this package.json`, lockfile);

  const frozen = new RegExp(`^RUN .*${(values['installFrozen'] ?? '').replaceAll('-', String.raw`\-`)}`, 'm');
  return findingFrom(lockfileRule, 'versions are exact and installed from the lockfile', read, [
    ...(tree.read('Dockerfile')
      ? [{ path: 'Dockerfile', holds: frozen, otherwise: 'the image is not built from the lockfile' }]
      : []),
    { path: guardTest, holds: /directIn\(/, otherwise: 'nothing notices a lockfile that does not fit' },
    {
      path: guardTest,
      holds: /toBeLessThanOrEqual\(\s*mostPackages/,
      otherwise: 'the number of packages can grow unnoticed',
    },
    {
      path: 'test/guardrails/package-ceiling.ts',
      holds: /mostPackages = \d{2,3};/,
      otherwise: 'there is no limit for packages',
    },
  ]);
}

/** The first dependency that a lockfile does not name; none before the first install. */
function missingIn(lockfile: string | undefined, asked: Dependencies): string | undefined {
  return lockfile === undefined ? undefined : Object.keys(asked).find((name) => !lockfile.includes(name));
}

/** `deps/exist-and-aged`: a new version waits, and a package that runs a program while it is installed needs consent. */
export function inspectInstalls({ read, answers }: Project): Finding {
  const { policy, aged, scripts } = managers[answers.packageManager];
  return findingFrom('deps/exist-and-aged', 'new versions wait, and install scripts need consent', read, [
    { path: policy, holds: aged, otherwise: 'a version that was published a minute ago may be installed' },
    { path: policy, holds: scripts, otherwise: 'a package may run any program while it is installed' },
  ]);
}

function fail(message: string, where: string): Finding {
  const remedy = 'ask for exact versions, install, and commit the one lockfile';
  return { rule: lockfileRule, verdict: 'fail', message, where, remedy };
}
