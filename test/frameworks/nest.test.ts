import { describe, expect, test } from 'vitest';
import { routesOf } from './routes-of.ts';

const manifest = JSON.stringify({
  name: 'shop',
  dependencies: { '@nestjs/core': '^11.0.0', '@nestjs/common': '^11.0.0' },
});
const main = (setup = ''): string =>
  `import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module';\nasync function start() { const app = await NestFactory.create(AppModule); ${setup} await app.listen(3000); }\nstart();\n`;
const appModule = (providers = ''): string =>
  `import { Module } from '@nestjs/common';\nimport { CatsController } from './cats.controller';\nimport { JwtGuard, LaxGuard, RolesGuard } from './guards';\n@Module({ controllers: [CatsController], providers: [${providers}] })\nexport class AppModule {}\n`;
const guards = `import { AuthGuard } from '@nestjs/passport';
export const IS_PUBLIC = 'isPublic';
export const Public = () => SetMetadata(IS_PUBLIC, true);
export class JwtGuard extends AuthGuard('jwt') {
  canActivate(context) { const isPublic = this.reflector.getAllAndOverride(IS_PUBLIC, [context.getHandler()]); if (isPublic) return true; return super.canActivate(context); }
}
export class LaxGuard { canActivate() { return true; } }
export class OptionalGuard extends AuthGuard('jwt') { handleRequest(error, user) { return user; } }
export class RolesGuard {
  canActivate(context) { const roles = this.reflector.get('roles', context.getHandler()); if (!roles) { return true; } return roles.includes(context.switchToHttp().getRequest().user.role); }
}
`;
const controller = (body: string, on = ''): string =>
  `import { Controller, Get, Post, UseGuards, SetMetadata } from '@nestjs/common';\nimport { JwtGuard, LaxGuard, OptionalGuard, Public, RolesGuard } from './guards';\n${on}\n@Controller('cats')\nexport class CatsController { ${body} }\n`;

function nest({
  body,
  on = '',
  setup = '',
  providers = '',
}: {
  body: string;
  on?: string;
  setup?: string;
  providers?: string;
}): string[] {
  return routesOf({
    'package.json': manifest,
    'src/main.ts': main(setup),
    'src/app.module.ts': appModule(providers),
    'src/guards.ts': guards,
    'src/cats.controller.ts': controller(body, on),
  });
}

describe('paths', () => {
  test('prefix, version, controller and method', () => {
    const setup =
      "app.setGlobalPrefix('api'); app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });";
    expect(nest({ setup, body: "@Get() all() {} @Version('2') @Post(':id/toys') add() {}" })).toEqual([
      'GET /api/v1/cats open',
      'POST /api/v2/cats/:id/toys open',
    ]);
  });

  test('a controller that no module names is not served', () => {
    const routes = routesOf({
      'package.json': manifest,
      'src/main.ts': main(),
      'src/app.module.ts': "import { Module } from '@nestjs/common';\n@Module({})\nexport class AppModule {}\n",
      'src/cats.controller.ts': controller('@Get() all() {}'),
      'src/guards.ts': guards,
    });
    expect(routes).toEqual([]);
  });
});

describe('guards', () => {
  test('on the method, on the class, and everywhere', () => {
    expect(nest({ body: '@UseGuards(JwtGuard) @Get() all() {} @Post() add() {}' })).toEqual([
      'GET /cats refused',
      'POST /cats open',
    ]);
    expect(nest({ body: '@Get() all() {}', on: '@UseGuards(JwtGuard)' })).toEqual(['GET /cats refused']);
    expect(nest({ body: '@Get() all() {}', providers: '{ provide: APP_GUARD, useClass: JwtGuard }' })).toEqual([
      'GET /cats refused',
    ]);
    expect(nest({ body: '@Get() all() {}', setup: 'app.useGlobalGuards(new JwtGuard());' })).toEqual([
      'GET /cats unknown',
    ]);
  });

  test('what is marked public passes a guard that reads the mark', () => {
    expect(
      nest({
        body: '@Public() @Get() all() {} @Post() add() {}',
        providers: '{ provide: APP_GUARD, useClass: JwtGuard }',
      }),
    ).toEqual(['GET /cats open', 'POST /cats refused']);
  });

  test('guards that let everybody pass are none', () => {
    expect(
      nest({
        body: '@UseGuards(LaxGuard) @Get() a() {} @UseGuards(OptionalGuard) @Get("b") b() {} @UseGuards(RolesGuard) @Get("c") c() {}',
      }),
    ).toEqual(['GET /cats open', 'GET /cats/b open', 'GET /cats/c open']);
    expect(nest({ body: "@SetMetadata('roles', ['admin']) @UseGuards(RolesGuard) @Get() a() {}" })).toEqual([
      'GET /cats refused',
    ]);
  });
});

test('a guard that is switched off by the kind of sign-in that a route names', () => {
  const routes = routesOf({
    'package.json': manifest,
    'src/main.ts': main('app.useGlobalGuards(new KindGuard());').replace(
      'start();',
      "import { KindGuard } from './kinds';\nstart();",
    ),
    'src/app.module.ts': appModule(),
    'src/kinds.ts':
      "export const KIND = 'kind';\nexport enum Kind { Bearer, None }\nexport const Auth = (...kinds) => SetMetadata(KIND, kinds);\nexport class KindGuard { async canActivate(context) { const kinds = this.reflector.getAllAndOverride(KIND, []) ?? [Kind.Bearer]; for (const kind of kinds) if (await this.guards[kind].canActivate(context)) return true; throw new UnauthorizedException(); } }\n",
    'src/guards.ts': guards,
    'src/cats.controller.ts': controller('@Get() all() {} @Auth(Kind.None) @Post() add() {}').replace(
      'import {',
      "import { Auth, Kind } from './kinds';\nimport {",
    ),
  });
  expect(routes).toEqual(['GET /cats unknown', 'POST /cats open']);
});

test('middleware that a module puts before some routes', () => {
  const routes = routesOf({
    'package.json': manifest,
    'src/main.ts': main(),
    'src/app.module.ts':
      "import { Module, RequestMethod } from '@nestjs/common';\nimport { CatsController } from './cats.controller';\nimport { SessionMiddleware } from './session';\n@Module({ controllers: [CatsController] })\nexport class AppModule { configure(consumer) { consumer.apply(SessionMiddleware).exclude('cats/open').forRoutes({ path: 'cats/*', method: RequestMethod.ALL }); } }\n",
    'src/session.ts':
      'export class SessionMiddleware { use(req, res, next) { if (!req.headers.authorization) throw new UnauthorizedException(); next(); } }\n',
    'src/guards.ts': guards,
    'src/cats.controller.ts': controller("@Get() all() {} @Get('open') open() {} @Get(':id') one() {}"),
  });
  expect(routes).toEqual(['GET /cats open', 'GET /cats/open open', 'GET /cats/:id refused']);
});
