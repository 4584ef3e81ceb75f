import { ZodError } from 'zod';

/** What is unknown is 404, to those who are signed in. */
export function notFound(request, response) {
  response.status(404).json({ error: 'not found' });
}

/** The last handler: the log gets the error, the caller gets no detail. */
export function onError(error, request, response, next) {
  if (response.headersSent) return next(error);
  if (error instanceof ZodError) return response.status(400).json({ error: 'the request is not valid' });
  const status = error.status >= 400 && error.status < 500 ? error.status : 500;
  if (status === 500) request.log.error({ err: error }, 'a request failed');
  response.status(status).json({ error: status === 500 ? 'something went wrong' : 'the request is not valid' });
}
