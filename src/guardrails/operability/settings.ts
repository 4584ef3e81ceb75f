import type { Setting } from '../../flow/project.ts';

/** What whoever runs the app can tell it. */
export const operabilitySettings: readonly Setting[] = [
  {
    name: 'APP_CLOSED',
    kind: 'setting',
    code: "z.enum(['0', '1']).default('0')",
    about: '1 closes everything but /livez: the emergency stop',
    example: '0',
  },
  {
    name: 'EMBEDDED_DATABASE',
    kind: 'setting',
    code: "z.literal('one-replica-on-a-volume').optional()",
    about: 'needed in production: that one copy runs, with its data on a persistent volume',
  },
  {
    name: 'SHUTDOWN_NOTICE',
    kind: 'setting',
    code: 'z.coerce.number().int().min(0).max(5).default(0)',
    about: 'seconds to say not ready before stopping',
    example: '0',
  },
];
