import { ApiError } from '../errors/api-error';

export const exportNotFound = () => new ApiError(404, 'export_not_found', 'there is no export with this id');

export const exportExpired = () =>
  new ApiError(
    410,
    'export_expired',
    'this export is no longer there; ask an administrator of the workspace for another',
  );

export const exportNotReady = () =>
  new ApiError(409, 'export_not_ready', 'this export is still being made; try again in a minute', {
    headers: { 'retry-after': '60' },
  });
