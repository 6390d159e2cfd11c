/** The header that marks an answer as generated. */
export const GENERATED_MARK =
  'mode=machine-generated, digital-source-type="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"';

/** Whether an answer is marked as generated if and only if a model generated it. */
export function isMarkedRightly(request: Request, response: Response): boolean {
  const { pathname } = new URL(request.url);
  const isGenerated =
    response.status === 200 && ['/v1/chat/completions', '/v1/responses', '/v1/messages'].includes(pathname);
  return response.headers.get('ai-disclosure') === (isGenerated ? GENERATED_MARK : null);
}
