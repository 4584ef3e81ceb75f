import { KnownError } from '../../errors.ts';
import { accessPath, addAccess } from '../../flow/compose.ts';
import { targetPath, type Templates } from '../../flow/templates.ts';
import type { FrameworkAdapter } from '../../frameworks/framework.ts';
import type { Edit, Tree } from '../../tree/tree.ts';
import type { OwnGenerator } from '../../world/plop.ts';
import type { RouteNames } from './names.ts';

const appPath = 'src/app.ts';

/** Writes a route with everything that belongs to it: schema, service, data, test, access entries and its place in the app. */
export function routeGenerator(
  tree: Tree,
  framework: FrameworkAdapter,
  templates: Templates,
): OwnGenerator<RouteNames> {
  return {
    name: 'route',
    description: 'a route with its schema, service, data, access entries, test and span',
    actions: [
      { type: 'stage', stage: (names) => refuseTaken(tree, names) },
      { type: 'stage', stage: (names) => stageFiles(tree, templates, ['all', framework.id], names) },
      { type: 'stage', stage: (names) => mount(tree, framework, names) },
      { type: 'stage', stage: (names) => giveAccess(tree, names) },
    ],
  };
}

function refuseTaken(tree: Tree, { name }: RouteNames): void {
  const address = new RegExp(`^\\s*'[A-Z]+ /${name}[/']`, 'm');
  const taken =
    tree
      .paths()
      .find((path) =>
        new RegExp(`^(?:src/(?:routes|services|data|schemas)|test)/${name}(?:\\.test)?\\.ts$`).test(path),
      ) ?? (address.test(tree.read(accessPath) ?? '') ? accessPath : undefined);
  if (taken === undefined) return;
  throw new KnownError({
    code: 'file-in-the-way',
    what: `There is something called ${name} already.`,
    where: taken,
    next: 'Choose another name. Nothing was written.',
  });
}

function stageFiles(tree: Tree, templates: Templates, variants: readonly string[], names: RouteNames): void {
  for (const variant of variants) {
    const folder = `generators/route/${variant}`;
    for (const path of templates.list(folder)) {
      tree.write(targetPath(path).replaceAll('__name__', names.name), templates.render(`${folder}/${path}`, names));
    }
  }
}

/** One import and one line that mounts the router. */
function mount(tree: Tree, framework: FrameworkAdapter, { name, one }: RouteNames): void {
  const router = `${one}Routes`;
  mustEdit(
    tree,
    appPath,
    (text) => framework.mountRoutes(text, `/${name}`, router),
    `mount ${router} at /${name} by hand`,
  );
  mustEdit(
    tree,
    appPath,
    (text) => importAfterRoutes(text, `import { ${router} } from './routes/${name}.ts';`),
    'import it',
  );
}

function importAfterRoutes(text: string, line: string): string | false {
  const last = [...text.matchAll(/^import .* from '\.\/routes\/.*';$/gm)].at(-1);
  return last ? text.replace(last[0], `${last[0]}\n${line}`) : false;
}

function giveAccess(tree: Tree, { name }: RouteNames): void {
  for (const route of [`POST /${name}`, `GET /${name}/:id`]) {
    mustEdit(tree, accessPath, addAccess(route, "'user'"), `give ${route} an entry by hand`);
  }
}

function mustEdit(tree: Tree, path: string, edit: Edit, remedy: string): void {
  if (tree.edit(path, edit)) return;
  throw new KnownError({
    code: 'cannot-edit',
    what: `${path} does not look as it was created, so the place for the new lines is not certain. Nothing was written.`,
    where: path,
    next: `Put the starter's shape back, or ${remedy}.`,
  });
}
