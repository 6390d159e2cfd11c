import type { ContentRoute } from '../../gateway/context/content';
import { readQuery } from '../../http/page';
import { guarded } from '../store/guarded';
import type { Exports } from './exports';

/** The paths by which members download their exports. An administrator can request an export, and can't open it. */
export function exportRoutes(exports: Exports): ContentRoute[] {
  return [
    {
      route: 'exports',
      method: 'GET',
      path: '/v1/exports',
      removes: 'nothing',
      needsToken: true,
      serve: async ({ request, member }) => {
        readQuery(request, []);
        return Response.json({ object: 'list', data: await guarded(exports.list(member.id)), has_more: false });
      },
    },
    {
      route: 'exports',
      method: 'GET',
      path: '/v1/exports/:id',
      removes: 'nothing',
      needsToken: true,
      serve: async ({ request, member, params }) => {
        readQuery(request, []);
        const id = params.id ?? '';
        const body = await guarded(exports.open(member.id, id));
        return new Response(body, {
          headers: {
            'content-type': 'application/x-tar',
            'content-disposition': `attachment; filename="${id}.tar"`,
            'cache-control': 'no-store',
          },
        });
      },
    },
  ];
}
