// Keeps the log out of the test report. To see it: LOG_LEVEL=info npm test
process.env['LOG_LEVEL'] ??= 'silent';
