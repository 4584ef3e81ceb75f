import type { Wirer } from '../wiring/wire-app.ts';

/** Types, compilers and decorations let nobody in; plugins, hooks and routes do. */
const wirer: Wirer = {
  id: 'fastify',
  harmless:
    /^(?:withTypeProvider|set\w+Compiler|setSchemaController|setGenReqId|decorate(?:Request|Reply)?|addSchema)$/,
};

export default wirer;
