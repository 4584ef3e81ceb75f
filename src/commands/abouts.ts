/** One line for each command, as help lists them. */
export const abouts = {
  create: 'make a new project (the usual command: its name can be left out)',
  retrofit: 'bring the guardrails into a project that exists, and prove that it still works',
  add: 'bring one guardrail into a project that exists',
  undo: 'take back what retrofit or add has done, to the byte',
  check: 'tell what stands between a repository and production',
  explain: 'say what a rule of check demands, why, and how to keep it',
  drill: 'plant faults into copies of a project and see whether its own check bites',
  generate: 'write the next piece of a project, such as a route',
  schema: 'print the inputs of create, or the report of check, as JSON Schema',
  help: 'print this, or the help of one command',
} as const;

export type CommandName = keyof typeof abouts;
