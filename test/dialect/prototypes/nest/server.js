import 'reflect-metadata';
import { Controller, Get, HttpCode, Module, NotFoundException, Param, Post, VersioningType } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { guard } from './guardrails/index.ts';
import { platform } from './platform.ts';

/** Decorators as TypeScript writes them. */
function decorate(target, name, ...decorators) {
  for (const each of decorators) each(target.prototype, name, Object.getOwnPropertyDescriptor(target.prototype, name));
}

class Notes {
  all() {
    return [{ id: 1, text: 'first' }];
  }
  one(id) {
    if (id === '9') throw new NotFoundException('no such note');
    return { id };
  }
  add() {
    return { id: 2 };
  }
}
decorate(Notes, 'all', Get());
decorate(Notes, 'one', Get(':id'));
decorate(Notes, 'add', Post(), HttpCode(201));
Param('id')(Notes.prototype, 'one', 0);
Controller({ path: 'notes', version: '1' })(Notes);

class Health {
  health() {
    return { ok: true };
  }
  broken() {
    throw new Error('this prototype has a fault');
  }
}
decorate(Health, 'health', Get('health'));
decorate(Health, 'broken', Get('broken'));
Controller()(Health);

class AppModule {
  configure(consumer) {
    consumer.apply((_req, res, next) => (res.setHeader('x-seen', 'yes'), next())).forRoutes('{*splat}');
  }
}
Module({ controllers: [Notes, Health] })(AppModule);

async function bootstrap() {
  const app = await NestFactory.create(AppModule, ...platform(), { logger: false });
  guard(app);
  app.enableVersioning({ type: VersioningType.URI });
  app.setGlobalPrefix('api', { exclude: ['health'] });
  await app.listen(process.env.PORT, '127.0.0.1');
  console.log(`ready on ${app.getHttpServer().address().port}`);
}
bootstrap().catch((error) => {
  console.error(error);
  process.exit(1);
});
