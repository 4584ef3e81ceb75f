// Decides which requests are traced: all of them, none, or a share; a caller that traces its request is followed.
'use strict';

const {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
} = require('@opentelemetry/sdk-trace');

const samplers = {
  always_on: () => new AlwaysOnSampler(),
  always_off: () => new AlwaysOffSampler(),
  traceidratio: (share) => new TraceIdRatioBasedSampler(share),
  parentbased_always_on: () => new ParentBasedSampler({ root: new AlwaysOnSampler() }),
  parentbased_always_off: () => new ParentBasedSampler({ root: new AlwaysOffSampler() }),
  parentbased_traceidratio: (share) => new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
};

/** The sampler that OpenTelemetry calls so; `share` (0 to 1) is for those with a ratio. Throws for other names. */
function samplerNamed(name, share) {
  const make = Object.hasOwn(samplers, name) ? samplers[name] : undefined;
  if (make) return make(share);
  throw new Error(`OTEL_TRACES_SAMPLER is '${name}', but it has to be one of: ${Object.keys(samplers).join(', ')}`);
}

module.exports = { samplerNamed };
