import { listen, type Server } from '../runtime/gateway/support/serve';

const output = ([name, value]: [string, string]) =>
  `<member><OutputKey>${name}</OutputKey><OutputValue>${value}</OutputValue></member>`;
const stack = (outputs: Readonly<Record<string, string>>) =>
  `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>exemple-projects</StackName>
  <CreationTime>2026-11-24T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>
  ${Object.entries(outputs).map(output).join('')}
  </Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
const ROLE = `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>AKIDROLE</AccessKeyId>
  <SecretAccessKey>role</SecretAccessKey><SessionToken>token</SessionToken><Expiration>2030-01-01T00:00:00Z</Expiration>
  </Credentials></AssumeRoleResult></AssumeRoleResponse>`;
const MISSING = `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code>
  <Message>Stack with id other does not exist</Message></Error></ErrorResponse>`;

/** CloudFormation and STS, as far as the command asks them: every stack but `other` is there, with these outputs. */
export function stackAccount(asked: string[], outputs: () => Readonly<Record<string, string>>): Promise<Server> {
  return listen(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    asked.push(`${form.get('Action')} ${form.get('StackName') ?? form.get('RoleArn')}`);
    const isMissing = form.get('StackName') === 'other';
    response.writeHead(isMissing ? 400 : 200, { 'content-type': 'text/xml' });
    response.end(isMissing ? MISSING : form.get('Action') === 'AssumeRole' ? ROLE : stack(outputs()));
  });
}
