import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const ACCOUNT = '111122223333';

/** Answers on loopback to the few calls that planning makes, so that a plan needs no account. */
export async function startFakeAws(port = 0): Promise<{ readonly url: string; close(): void }> {
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => {
      const region = /\/\d{8}\/([a-z0-9-]+)\//.exec(String(request.headers.authorization))?.[1] ?? 'eu-central-1';
      const action = /(?:^|&)Action=(\w+)/.exec(body)?.[1] ?? '';
      const answer = ANSWERS[action]?.(region);
      response.writeHead(answer === undefined ? 400 : 200, { 'content-type': 'text/xml' });
      response.end(
        answer ??
          '<ErrorResponse><Error><Code>Unsupported</Code><Message>not answered</Message></Error></ErrorResponse>',
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}

const EC2 = 'http://ec2.amazonaws.com/doc/2016-11-15/';

const ANSWERS: Readonly<Record<string, (region: string) => string>> = {
  GetCallerIdentity: () =>
    `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${ACCOUNT}:user/plan</Arn><UserId>PLAN</UserId><Account>${ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  DescribeAvailabilityZones: (region) =>
    `<DescribeAvailabilityZonesResponse xmlns="${EC2}"><availabilityZoneInfo>${['a', 'b', 'c']
      .map(
        (zone, index) =>
          `<item><zoneName>${region}${zone}</zoneName><zoneId>zone-az${index + 1}</zoneId><zoneState>available</zoneState><regionName>${region}</regionName><groupName>${region}</groupName><optInStatus>opt-in-not-required</optInStatus><zoneType>availability-zone</zoneType></item>`,
      )
      .join('')}</availabilityZoneInfo></DescribeAvailabilityZonesResponse>`,
  DescribeImages: () =>
    `<DescribeImagesResponse xmlns="${EC2}"><imagesSet><item><imageId>ami-00000000000000000</imageId><name>image</name><creationDate>2026-01-01T00:00:00.000Z</creationDate><imageState>available</imageState><architecture>x86_64</architecture><rootDeviceType>ebs</rootDeviceType><rootDeviceName>/dev/xvda</rootDeviceName><virtualizationType>hvm</virtualizationType><imageOwnerId>137112412989</imageOwnerId></item></imagesSet></DescribeImagesResponse>`,
  DescribeVpcs: () =>
    `<DescribeVpcsResponse xmlns="${EC2}"><vpcSet><item><vpcId>vpc-00000000</vpcId><state>available</state><cidrBlock>10.0.0.0/16</cidrBlock><dhcpOptionsId>dopt-0</dhcpOptionsId><instanceTenancy>default</instanceTenancy><isDefault>true</isDefault><ownerId>${ACCOUNT}</ownerId></item></vpcSet></DescribeVpcsResponse>`,
  DescribeVpcAttribute: () =>
    `<DescribeVpcAttributeResponse xmlns="${EC2}"><vpcId>vpc-00000000</vpcId><enableDnsSupport><value>true</value></enableDnsSupport><enableDnsHostnames><value>true</value></enableDnsHostnames><enableNetworkAddressUsageMetrics><value>false</value></enableNetworkAddressUsageMetrics></DescribeVpcAttributeResponse>`,
  DescribeRouteTables: () =>
    `<DescribeRouteTablesResponse xmlns="${EC2}"><routeTableSet><item><routeTableId>rtb-00000000</routeTableId><vpcId>vpc-00000000</vpcId><associationSet><item><routeTableAssociationId>rtbassoc-0</routeTableAssociationId><routeTableId>rtb-00000000</routeTableId><main>true</main></item></associationSet></item></routeTableSet></DescribeRouteTablesResponse>`,
  DescribeSubnets: () =>
    `<DescribeSubnetsResponse xmlns="${EC2}"><subnetSet>${['a', 'b'].map((zone) => `<item><subnetId>subnet-0000000${zone}</subnetId><state>available</state><vpcId>vpc-00000000</vpcId><cidrBlock>10.0.1.0/24</cidrBlock></item>`).join('')}</subnetSet></DescribeSubnetsResponse>`,
  DescribeSecurityGroups: () =>
    `<DescribeSecurityGroupsResponse xmlns="${EC2}"><securityGroupInfo><item><groupId>sg-00000000</groupId><groupName>default</groupName><ownerId>${ACCOUNT}</ownerId><vpcId>vpc-00000000</vpcId></item></securityGroupInfo></DescribeSecurityGroupsResponse>`,
};
