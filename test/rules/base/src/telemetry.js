// Started before the app by `node --import`, so that every request leaves a trace. OTEL_EXPORTER_OTLP_ENDPOINT says where to.
import { getNodeAutoInstrumentations } from '@opentelemetry/auto-instrumentations-node';
import { NodeSDK } from '@opentelemetry/sdk-node';

const sdk = new NodeSDK({ serviceName: 'orders', instrumentations: [getNodeAutoInstrumentations()] });
sdk.start();
process.once('beforeExit', () => sdk.shutdown());
