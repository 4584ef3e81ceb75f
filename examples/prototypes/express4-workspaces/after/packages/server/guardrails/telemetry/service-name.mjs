// The name of this app among the traces of others. OTEL_SERVICE_NAME says otherwise where it runs.

export const serviceName = '@inventory/server';
