import { deployedTemplates } from '@/test/support/deployed-templates';
import { MEMORY } from './deployed-functions';

test.each([
  ['projects', 'projects', /^ProjectsGateway(?!.*Role)/],
  ['workspace', 'sciences', /^WorkspaceGateway(?!.*Role)/],
  ['campus', 'sciences', /^WorkspaceGateway(?!.*Role)/],
  ['members', 'sciences', /^WorkspaceMembersAdministrationHandlerFunction/],
  ['rights', 'sciences', /^WorkspaceRightsAdminFunction/],
] as const)('%s has the memory that it is attacked with', (name, stack, id) => {
  const functions = deployedTemplates()[stack].findResources('AWS::Lambda::Function');
  const found = Object.entries(functions).filter(([logicalId]) => id.test(logicalId));
  expect(found.map(([, { Properties }]) => Properties.MemorySize)).toEqual([MEMORY[name]]);
});
