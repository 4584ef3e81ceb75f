import type { Site, Value } from '../../code/run/values.ts';
import type { Method } from '../server.ts';
import type { Layer } from './layers.ts';
import { joinPaths, pathsOf } from './paths.ts';
import type { WebApp } from './web-app.ts';

/** One stop of a request on its way through an app and all that is mounted in it, in order. */
export interface Stop {
  readonly kind: 'route' | 'use' | 'hook' | 'static';
  readonly method: Method;
  /** The whole path, mount prefixes included. */
  readonly path: string;
  /** The part of it that mounts gave: what a handler does not see of it in `req.path`. */
  readonly prefix: string;
  /** An address that the path fits, where asking for the path itself would not do. */
  readonly sample?: string;
  readonly handlers: readonly Value[];
  readonly folder?: Value | undefined;
  readonly site: Site;
  readonly conditional: boolean;
  /** False where a part was one of several possible values. */
  readonly sure: boolean;
  /** The apps that it is in, the outermost first. */
  readonly inside: readonly WebApp[];
}

export interface Flat {
  readonly stops: readonly Stop[];
  readonly unclear: readonly { readonly site: Site; readonly why: string }[];
}

interface Around {
  readonly prefix: string;
  readonly inside: readonly WebApp[];
  readonly conditional: boolean;
  readonly sure: boolean;
}

/** All stops of an app in the order in which a request meets them. */
export function flatten(app: WebApp): Flat {
  const flat = { stops: [] as Stop[], unclear: [] as { site: Site; why: string }[] };
  addApp(app, { prefix: '/', inside: [], conditional: false, sure: true }, flat);
  return flat;
}

type Growing = { stops: Stop[]; unclear: { site: Site; why: string }[] };

function addApp(app: WebApp, around: Around, flat: Growing): void {
  if (around.inside.includes(app) || around.inside.length > 12) return;
  const own = pathsOf(app.prefix);
  if (!own)
    return void flat.unclear.push({ site: app.site, why: 'the prefix of its routes is worked out at run time' });
  for (const prefix of own) {
    const inner = { ...around, prefix: joinPaths(around.prefix, prefix), inside: [...around.inside, app] };
    for (const layer of app.layers) addLayer(layer, inner, flat);
  }
}

function addLayer(layer: Layer, around: Around, flat: Growing): void {
  if (layer.kind === 'unclear') return void flat.unclear.push(layer);
  const paths = layer.kind === 'hook' ? ['/'] : pathsOf(layer.path);
  if (!paths) return void flat.unclear.push({ site: layer.site, why: 'a path is worked out at run time' });
  const conditional = around.conditional || ('conditional' in layer && layer.conditional);
  const sure = around.sure && !('path' in layer && layer.path?.kind === 'either');
  for (const path of paths) {
    const whole = joinPaths(around.prefix, path);
    if (layer.kind === 'mount') {
      addApp(layer.app, { prefix: whole, inside: around.inside, conditional, sure }, flat);
      continue;
    }
    flat.stops.push({
      kind: layer.kind,
      method: layer.kind === 'route' ? layer.method : 'ALL',
      path: whole,
      prefix: layer.kind === 'route' ? around.prefix : whole,
      handlers: 'handlers' in layer ? layer.handlers : [],
      ...(layer.kind === 'static' && { folder: layer.folder }),
      site: layer.site,
      conditional,
      sure,
      inside: around.inside,
    });
  }
}
