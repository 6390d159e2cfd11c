import { KEY_TREE } from '../../../contract/key-path';
import type { FetchHandler } from '../../http/handler/request-env';
import { OwnRequest } from '../../http/own-request';

/**
 * Two APIs in one: requests below `/key/v1` go to an API that admits keys only, all others to one that admits tokens only. Neither tries
 * the other's credentials.
 *
 * @param keys makes the API of keys when it is first needed
 */
export function withKeyTree(tokens: FetchHandler, keys: () => FetchHandler): FetchHandler {
  let made: FetchHandler | undefined;
  return {
    fetch: (request) => {
      const { pathname } = new URL(request.url);
      if (!pathname.startsWith(`${KEY_TREE}/v1/`)) return tokens.fetch(request);
      made ??= keys();
      return made.fetch(without(request));
    },
  };
}

/** The same request as if it had come to the same path of the other tree. */
function without(request: Request): Request {
  const url = new URL(request.url);
  url.pathname = url.pathname.slice(KEY_TREE.length);
  return request instanceof OwnRequest ? request.at(url.href) : new Request(url, request);
}
