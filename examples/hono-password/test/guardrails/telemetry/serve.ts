// A program for the tests: the app with somebody signed in. It says where it is, and stops when it is told to.
import { shutdownTelemetry } from '../../../src/guardrails/telemetry.ts';
import { signedIn, startApp } from '../../support.ts';

const { url } = await startApp();
const { headers } = await signedIn();

process.once('message', () => shutdownTelemetry().then(() => process.exit(0)));
process.once('disconnect', () => process.exit(1)); // the test has ended without a word
process.send?.({ url, headers });
