// Tests run on the day the end date was agreed, so that they stay green after it and the service can still be repaired.
import { clock } from '../src/guardrails/end-date.ts';
import { lifecycle } from '../src/guardrails/lifecycle.ts';

clock.now = () => new Date(`${lifecycle.agreedOn}T12:00:00Z`);
