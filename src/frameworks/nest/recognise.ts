import { placeOf } from '../../code/module.ts';
import { nodesOf } from '../../code/walk.ts';
import { dependenciesOf, type App } from '../../repository/apps.ts';
import type { Repository } from '../../repository/repository.ts';
import type { Channel, Recogniser } from '../server.ts';
import { consumersOf } from './consumers.ts';
import { routesOf } from './controllers.ts';
import { declaredRoutes } from './declared.ts';
import { decoratorsOf } from './decorators.ts';
import { wiringOf, type ClassCode, type Wiring } from './modules.ts';
import { setupOf } from './setup.ts';

/** NestJS: routes are methods of controllers that a module names. */
const nest: Recogniser = {
  id: 'nest',
  title: 'NestJS',
  serversIn(app, repository) {
    if (!dependenciesOf(app).has('@nestjs/core') && !dependenciesOf(app).has('@nestjs/common')) return [];
    const setup = setupOf(repository, app);
    const wiring = setup.root ? wiringOf(repository, setup.root) : allControllers(repository, app);
    const where =
      setup.where ?? wiring.controllers.map(({ controller }) => placeOf(controller.module, controller.node))[0];
    if (!where) return [];
    const before = {
      guards: [...setup.guards, ...wiring.guards],
      consumers: consumersOf(repository, wiring.modules),
    };
    const routes = wiring.controllers.flatMap((one) => routesOf(repository, setup, before, one));
    return [
      {
        framework: 'nest',
        app,
        where,
        listens: setup.listens,
        routes: declaredRoutes(repository, setup.where, routes),
        statics: setup.statics,
        middleware: setup.middleware,
        channels: classesIn(repository, app).flatMap((made) => channelOf(repository, made)),
        unclear: [
          ...wiring.unclear.map(({ code, why }) => ({ where: placeOf(code.module, code.node), why })),
          ...(wiring.controllers.length === 0 ? [{ where, why: 'no controller was found from its root module' }] : []),
        ],
      },
    ];
  },
};

/** Without `NestFactory.create` in sight, every controller counts. */
function allControllers(repository: Repository, app: App): Wiring {
  const controllers = classesIn(repository, app)
    .filter(({ module, node }) => decoratorsOf(repository, module, node).some(({ name }) => name === 'Controller'))
    .map((controller) => ({ controller, prefix: '' }));
  return { controllers, guards: [], modules: [], unclear: [] };
}

function classesIn(repository: Repository, app: App): ClassCode[] {
  return app.files.flatMap(({ path, role }) => {
    const text = role === 'source' ? repository.read(path) : undefined;
    const module =
      text !== undefined && /@(?:Controller|WebSocketGateway|Resolver)\b/.test(text)
        ? repository.module(path)
        : undefined;
    return module ? nodesOf(module.tree, 'ClassDeclaration').map((node) => ({ module, node })) : [];
  });
}

function channelOf(repository: Repository, code: ClassCode): Channel[] {
  const names = decoratorsOf(repository, code.module, code.node).map(({ name }) => name);
  const where = placeOf(code.module, code.node);
  if (names.includes('WebSocketGateway')) return [{ kind: 'websocket', where, code }];
  return names.includes('Resolver') ? [{ kind: 'graphql', where, code }] : [];
}

export default nest;
