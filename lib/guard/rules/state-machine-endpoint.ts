import { judgeHost } from '../table/judge-host';
import { expand } from '../template/expand';
import { isMap } from '../template/node';
import type { Selected } from '../template/resource';
import type { Scope } from '../template/scope';
import type { ResourceRule } from './rule';

export const stateMachineEndpoint: ResourceRule = {
  id: 'state-machine-endpoint',
  title: 'A state machine calls only hosts that are known to be inside',
  why: 'An HTTP task sends the state to its endpoint, which may be a server of anybody.',
  fix: "Declare the host under 'places' (host, country, reason), or call a service of the Region.",
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html',
  appliesTo: ['AWS::StepFunctions::StateMachine', 'AWS::Serverless::StateMachine'],

  *check(resource, context) {
    for (const property of ['DefinitionString', 'Definition']) {
      for (const { path, value } of resource.select(property)) {
        const definition = typeof value === 'string' ? parsed(value) : value;
        for (const endpoint of endpoints(definition, context.scope, path)) yield* judgeHost(endpoint, context);
      }
    }
  },
};

function* endpoints(node: unknown, scope: Scope, path: string): Generator<Selected> {
  for (const value of expand(node, scope)) {
    if (Array.isArray(value)) for (const item of value) yield* endpoints(item, scope, path);
    else if (isMap(value)) {
      for (const [key, child] of Object.entries(value)) {
        // `ApiEndpoint.$` takes the endpoint from the state: nothing says what it will be.
        if (key === 'ApiEndpoint' || key === 'ApiEndpoint.$')
          yield* expand(child, scope).map((found) => ({ path, value: found }));
        else yield* endpoints(child, scope, path);
      }
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
