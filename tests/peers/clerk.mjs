// Drives Clerk's own client, unmodified, against the sandbox: node clerk.mjs URL KEY
//
// Prints one line per check, `ok` or `FAILED`, and ends with 1 when one failed. Each check stands on
// the objects that the client hands out and on its error class, never on the wire.

import assert from 'node:assert/strict';
import { createClerkClient } from '@clerk/backend';
import { isClerkAPIResponseError } from '@clerk/backend/errors';

const [url, key] = process.argv.slice(2);
const client = (secretKey) => createClerkClient({ secretKey, apiUrl: url });
const { organizations, users, instance, organizationRoles, organizationPermissions, roleSets } = client(key);

let failed = 0;

async function check(name, body) {
  try {
    await body();
    console.log(`ok clerk: ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED clerk: ${name}: ${error.stack ?? error}`);
  }
}

/** Expects the client's own error, with this status, code and field. */
async function refused(call, [status, code, field]) {
  const error = await call.then(() => assert.fail(`expected ${code}`), (error) => error);
  assert.ok(isClerkAPIResponseError(error), `not the client's own error: ${error.stack ?? error}`);
  assert.equal(error.status, status);
  assert.equal(error.errors[0].code, code);
  assert.equal(error.errors[0].meta?.paramName, field);
  assert.match(error.clerkTraceId, /^[0-9a-f]{32}$/);
  return error;
}

const person = async (emailAddress) => {
  const { data } = await users.getUserList({ emailAddress: [emailAddress] });
  assert.equal(data.length, 1, emailAddress);
  return data[0];
};

const ana = await person('ana@acme.example');
const bo = await person('bo@acme.example');
const kim = await person('kim@acme.example');
let organizationId;

await check('the instance and its settings are read', async () => {
  const { environmentType } = await instance.get();
  assert.equal(environmentType, 'development');
  const settings = await instance.getOrganizationSettings();
  assert.equal(settings.enabled, true);
  assert.equal(settings.slugDisabled, false);
  assert.equal(settings.creatorRole, 'org:admin');
});

await check('settings are changed', async () => {
  const settings = await instance.updateOrganizationSettings({ maxAllowedMemberships: 5 });
  assert.equal(settings.maxAllowedMemberships, 5);
});

await check('roles, permissions and role sets are read', async () => {
  const { data: roles } = await organizationRoles.getOrganizationRoleList({ limit: 100 });
  const admin = roles.find((role) => role.key === 'org:admin');
  assert.equal(admin.isCreatorEligible, true);
  assert.equal((await organizationRoles.getOrganizationRole(admin.id)).name, admin.name);
  const { data } = await organizationPermissions.getOrganizationPermissionList({ query: 'memberships' });
  assert.deepEqual(data.map((each) => each.key).sort(), ['org:sys_memberships:manage', 'org:sys_memberships:read']);
  assert.equal((await roleSets.getRoleSetList({ limit: 100 })).totalCount, 2);
  assert.equal((await roleSets.getRoleSet('role_set:default')).creatorRole.key, 'org:admin');
});

await check('organizations are listed with counts, in order, page by page', async () => {
  const all = await organizations.getOrganizationList({ orderBy: '+name', includeMembersCount: true });
  assert.deepEqual(all.data.map((each) => each.name), ['Acme Sandbox', 'Acme Shop', 'Partner Portal']);
  assert.deepEqual(all.data.map((each) => each.membersCount), [3, 31, 318]);
  assert.equal(all.totalCount, 3);
  const page = await organizations.getOrganizationList({ orderBy: '+name', limit: 1, offset: 1 });
  assert.deepEqual(page.data.map((each) => each.name), ['Acme Shop']);
  const some = await organizations.getOrganizationList({ query: 'acme', userId: [kim.id] });
  assert.equal(some.totalCount, 0);
});

await check('an organization is created and found', async () => {
  const created = await organizations.createOrganization({
    name: 'Peers & Söhne', slug: 'peers', createdBy: ana.id, maxAllowedMemberships: 5,
    publicMetadata: { camelKey: { x: 1 } }, privateMetadata: { crm_id: 7 },
  });
  organizationId = created.id;
  assert.match(organizationId, /^org_/);
  assert.equal(created.createdBy, ana.id);
  assert.deepEqual(created.publicMetadata, { camelKey: { x: 1 } });
  const byId = await organizations.getOrganization({ organizationId });
  assert.equal(byId.name, 'Peers & Söhne');
  const bySlug = await organizations.getOrganization({ slug: 'peers', includeMembersCount: true });
  assert.equal(bySlug.id, organizationId);
  assert.equal(bySlug.membersCount, 1);
});

await check('an organization is changed, fields and metadata in one call', async () => {
  const changed = await organizations.updateOrganization(organizationId, {
    name: 'Peers', slug: 'peers-2', adminDeleteEnabled: false, publicMetadata: { only: 'this' },
  });
  assert.equal(changed.name, 'Peers');
  assert.equal(changed.slug, 'peers-2');
  assert.equal(changed.adminDeleteEnabled, false);
  assert.deepEqual(changed.publicMetadata, { only: 'this' });
});

await check('metadata is merged and replaced', async () => {
  const merged = await organizations.updateOrganizationMetadata(organizationId, {
    publicMetadata: { only: null, plan: { tier: 'gold' } },
  });
  assert.deepEqual(merged.publicMetadata, { plan: { tier: 'gold' } });
  assert.deepEqual(merged.privateMetadata, { crm_id: 7 });
  const replaced = await organizations.replaceOrganizationMetadata(organizationId, { publicMetadata: { a: 1 } });
  assert.deepEqual(replaced.publicMetadata, { a: 1 });
});

const bytes = async (file) => new Uint8Array(await file.arrayBuffer());

await check('a logo is set and removed', async () => {
  const file = new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47])], 'logo.png', { type: 'image/png' });
  const set = await organizations.updateOrganizationLogo(organizationId, { file, uploaderUserId: ana.id });
  assert.equal(set.hasImage, true);
  // The sandbox shows pictures itself, to everybody.
  const picture = await fetch(set.imageUrl);
  assert.equal(picture.headers.get('content-type'), 'image/png');
  assert.deepEqual(new Uint8Array(await picture.arrayBuffer()), await bytes(file));
  const removed = await organizations.deleteOrganizationLogo(organizationId);
  assert.equal(removed.hasImage, false);
});

await check('users are found, counted and read', async () => {
  const { data, totalCount } = await users.getUserList({ query: 'lindqvist' });
  assert.equal(totalCount, 1);
  assert.equal(data[0].id, bo.id);
  assert.equal(data[0].primaryEmailAddress.emailAddress, 'bo@acme.example');
  const outside = await users.getUserList({ organizationId: [`-${organizationId}`], username: ['ana', 'bo'] });
  assert.deepEqual(outside.data.map((user) => user.username), ['bo']);
  assert.equal((await users.getUser(kim.id)).username, 'kim');
  assert.equal(await users.getCount({ username: ['kim'] }), 1);
});

await check('a member is added, changed, listed and removed', async () => {
  const added = await organizations.createOrganizationMembership({ organizationId, userId: bo.id, role: 'org:member' });
  assert.match(added.id, /^orgmem_/);
  assert.equal(added.organization.id, organizationId);
  const changed = await organizations.updateOrganizationMembership({ organizationId, userId: bo.id, role: 'org:billing' });
  assert.equal(changed.role, 'org:billing');
  const noted = await organizations.updateOrganizationMembershipMetadata({
    organizationId, userId: bo.id, publicMetadata: { desk: 12 },
  });
  assert.deepEqual(noted.publicMetadata, { desk: 12 });
  const list = { organizationId, orderBy: '+email_address' };
  const all = await organizations.getOrganizationMembershipList(list);
  assert.deepEqual(all.data.map((each) => each.publicUserData.identifier), ['ana@acme.example', 'bo@acme.example']);
  const admins = await organizations.getOrganizationMembershipList({ ...list, role: ['org:admin'] });
  assert.equal(admins.totalCount, 1);
  const removed = await organizations.deleteOrganizationMembership({ organizationId, userId: bo.id });
  assert.equal(removed.publicUserData.userId, bo.id);
  assert.equal((await organizations.getOrganizationMembershipList(list)).totalCount, 1);
});

await check('memberships of a user and of the instance are listed', async () => {
  const { data } = await users.getOrganizationMembershipList({ userId: ana.id, limit: 100 });
  assert.ok(data.some((each) => each.organization.id === organizationId));
  const all = await organizations.getInstanceOrganizationMembershipList({ limit: 1 });
  assert.equal(all.data.length, 1);
  assert.equal(all.totalCount, 353);
});

await check('an address is invited and the invitation revoked', async () => {
  const sent = await organizations.createOrganizationInvitation({
    organizationId, emailAddress: 'new+1@acme.example', role: 'org:member', inviterUserId: ana.id,
    redirectUrl: 'https://app.example.com/accept', expiresInDays: 7, publicMetadata: { dept: 'ops' },
  });
  const invitationId = sent.id;
  assert.match(invitationId, /^orginv_/);
  assert.equal(sent.status, 'pending');
  assert.equal(sent.expiresAt - sent.createdAt, 7 * 86_400_000);
  const one = { organizationId, invitationId };
  assert.equal((await organizations.getOrganizationInvitation(one)).emailAddress, 'new+1@acme.example');
  const pending = { organizationId, status: ['pending'] };
  assert.equal((await organizations.getOrganizationInvitationList(pending)).totalCount, 1);
  const revoked = await organizations.revokeOrganizationInvitation({ ...one, requestingUserId: ana.id });
  assert.equal(revoked.status, 'revoked');
  assert.equal((await organizations.getOrganizationInvitationList(pending)).totalCount, 0);
  await refused(organizations.revokeOrganizationInvitation(one), [404, 'resource_not_found']);
});

await check('several addresses are invited at once', async () => {
  const letters = ['a', 'kim'].map((name) => ({ emailAddress: `${name}@acme.example`, role: 'org:member' }));
  const { data, totalCount } = await organizations.createOrganizationInvitationBulk(organizationId, letters);
  assert.equal(totalCount, 2);
  assert.deepEqual(data.map((each) => each.emailAddress), ['a@acme.example', 'kim@acme.example']);
  const own = await users.getOrganizationInvitationList({ userId: kim.id, status: ['pending'] });
  assert.equal(own.totalCount, 1);
  await refused(organizations.createOrganizationInvitationBulk(organizationId, letters), [400, 'duplicate_record']);
});

await check('errors are the client\'s own', async () => {
  const invite = (emailAddress, role = 'org:member') =>
    organizations.createOrganizationInvitation({ organizationId, emailAddress, role });
  const member = { organizationId, userId: ana.id };
  await refused(client('sk_test_wrong').instance.get(), [401, 'clerk_key_invalid']);
  await refused(organizations.getOrganization({ organizationId: 'org_404' }), [404, 'resource_not_found']);
  await refused(organizations.getOrganizationList({ limit: 501 }), [422, 'form_param_value_invalid', 'limit']);
  await refused(organizations.createOrganization({ name: 'x', slug: 'acme-shop' }), [422, 'form_identifier_exists', 'slug']);
  await refused(organizations.createOrganization({ name: 'x', createdBy: 'user_404' }), [400, 'organization_creator_not_found']);
  await refused(invite('x', 'org:member'), [422, 'form_param_format_invalid', 'email_address']);
  await refused(invite('b@acme.example', 'nope'), [422, 'form_param_value_invalid', 'role']);
  await refused(invite('a@acme.example'), [400, 'organization_invitation_not_unique']);
  await refused(invite('ana@acme.example'), [400, 'already_a_member_in_organization']);
  await refused(organizations.deleteOrganizationMembership(member), [400, 'organization_minimum_permissions_needed']);
  const demotion = { ...member, role: 'org:member' };
  await refused(organizations.updateOrganizationMembership(demotion), [400, 'organization_minimum_permissions_needed']);
  await organizations.updateOrganization(organizationId, { maxAllowedMemberships: 3 });
  await refused(invite('c@acme.example'), [403, 'organization_membership_quota_exceeded']);
  const file = new Blob(['<svg/>'], { type: 'image/svg+xml' });
  await refused(organizations.updateOrganizationLogo(organizationId, { file }), [422, 'form_param_value_invalid', 'file']);
});

await check('too many changes are slowed, with the time to wait', async () => {
  const nameless = () => organizations.updateOrganization(organizationId, { name: '' });
  let error;
  for (let index = 0; index < 11 && error?.status !== 429; index += 1) {
    error = await nameless().catch((error) => error);
  }
  assert.equal(error.status, 429);
  assert.equal(error.errors[0].code, 'too_many_requests');
  assert.ok(error.retryAfter > 0 && error.retryAfter <= 10, error.retryAfter);
});

await check('an organization is deleted once', async () => {
  const deleted = await organizations.deleteOrganization(organizationId);
  assert.equal(deleted.id, organizationId);
  await refused(organizations.deleteOrganization(organizationId), [404, 'resource_not_found']);
});

process.exitCode = failed === 0 ? 0 : 1;
