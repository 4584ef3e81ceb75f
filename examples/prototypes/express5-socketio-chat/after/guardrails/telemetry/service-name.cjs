// The name of this app among the traces of others. OTEL_SERVICE_NAME says otherwise where it runs.
'use strict';

const serviceName = 'team-chat';

module.exports = { serviceName };
