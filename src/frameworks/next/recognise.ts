import { startCommandsOf, joined } from '../../repository/entries.ts';
import { kindOf } from '../../repository/kinds.ts';
import type { Recogniser } from '../server.ts';
import { actionsIn } from './actions.ts';
import { basePathOf, configPath } from './config.ts';
import { gateOf } from './middleware.ts';
import { routesIn } from './routes.ts';

/** Next.js: its folders are its routes. */
const next: Recogniser = {
  id: 'next',
  title: 'Next.js',
  serversIn(app, repository) {
    const { kind, where } = kindOf(repository, app);
    if (kind !== 'next') return [];
    const gate = gateOf(repository, app);
    const config = configPath(repository, app);
    const start = startCommandsOf(repository, app).find(({ command }) => /\bnext\b/.test(command));
    const base = basePathOf(repository, app);
    const statics = joined(app.root, 'public');
    const hasStatics = repository.files.some(({ path }) => path.startsWith(`${statics}/`));
    return [
      {
        framework: 'next',
        app,
        where: config === undefined ? where : { path: config, line: 1 },
        listens: start?.where,
        routes: routesIn(repository, app, base, gate),
        statics: hasStatics ? [{ path: base || '/', folder: statics, where: { path: statics } }] : [],
        middleware: gate
          ? [
              {
                path: '/',
                where: gate.where,
                code: { module: gate.module, node: gate.module.tree.program },
                packages: [],
              },
            ]
          : [],
        channels: actionsIn(repository, app),
        unclear: [],
      },
    ];
  },
};

export default next;
