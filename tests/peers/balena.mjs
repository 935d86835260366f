// Drives balena's own client, unmodified, against the sandbox: node balena.mjs URL TOKEN
//
// Prints one line per check, `ok` or `FAILED`, and ends with 1 when one failed. Each check stands on
// what the client hands out and on its error classes, never on the wire.

import assert from 'node:assert/strict';
import { getSdk } from 'balena-sdk';

const [url, token] = process.argv.slice(2);
/** A client of its own, which keeps its token in memory. */
const client = () => getSdk({ apiUrl: url, dataDirectory: false });
const sdk = client();
const { auth, models: { organization } } = sdk;
const { membership, invite } = organization;

let failed = 0;

async function check(name, body) {
  try {
    await body();
    console.log(`ok balena: ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED balena: ${name}: ${error.stack ?? error}`);
  }
}

/** Expects the client's own error of this code, with this status and text. */
async function refused(call, code, status, words = '') {
  const error = await call.then(() => assert.fail(`expected ${code}`), (error) => error);
  assert.equal(error.code, code, error.stack);
  assert.equal(error.statusCode, status);
  assert.ok(error.message.includes(words), error.message);
}

const username = { $expand: { user: { $select: ['id', 'username'] } } };

async function memberNamed(handle, name) {
  const members = await membership.getAllByOrganization(handle, username);
  const found = members.find((each) => each.user[0].username === name);
  assert.ok(found, `${name} is no member of ${handle}`);
  return found;
}

async function roleOf(id) {
  const { organization_membership_role: [role] } = await membership.get(id, {
    $expand: { organization_membership_role: { $select: 'name' } },
  });
  return role.name;
}

let created;

await check('nobody is signed in at first', async () => {
  await refused(organization.getAll(), 'BalenaNotLoggedIn');
});

await check('the token tells who its owner is', async () => {
  await auth.loginWithToken(token);
  assert.equal(await auth.isLoggedIn(), true);
  const actor = await auth.whoami();
  assert.deepEqual([actor.actorType, actor.username, actor.email], ['user', 'ana', 'ana@acme.example']);
  const user = await auth.getUserInfo();
  assert.deepEqual([user.id, user.actor], [actor.actorTypeId, actor.id]);
});

await check('organizations are listed, sorted, selected, filtered, counted', async () => {
  const all = await organization.getAll();
  assert.deepEqual(all.map((each) => each.name), ['Acme Fleet', 'Acme Labs']);
  const [labs] = await organization.getAll({
    $select: ['id', 'handle'],
    $filter: { $contains: [{ $tolower: { $: 'name' } }, 'labs'] },
  });
  assert.deepEqual(Object.keys(labs).sort(), ['handle', 'id']);
  const last = await organization.getAll({ $orderby: 'created_at asc', $top: 1, $skip: 1 });
  assert.equal(last[0].id, labs.id);
  assert.equal(await sdk.pine.get({ resource: 'organization', options: { $count: {} } }), 2);
  const counted = await organization.getAll({
    $select: 'handle',
    $expand: { organization_membership: { $count: {} }, organization_invite: { $count: {} } },
  });
  assert.deepEqual(counted.map((each) => each.organization_membership), [12, 4]);
  assert.deepEqual(counted.map((each) => each.organization_invite), [3, 0]);
});

await check('one organization is read by handle, by id, with its members', async () => {
  const fleet = await organization.get('acme_fleet');
  assert.deepEqual(await organization.get(fleet.id), fleet);
  assert.equal(fleet.website, 'https://fleet.acme.example');
  const logo = await fetch(fleet.logo_image.href);
  assert.equal(logo.headers.get('content-type'), 'image/png');
  const labs = await organization.get('acme_labs', {
    $select: 'id',
    $expand: { organization_membership: { $select: 'id', $orderby: 'id asc', ...username } },
  });
  const names = labs.organization_membership.map((each) => each.user[0].username);
  assert.deepEqual(names.sort(), ['ana', 'fumiko_文子', 'noa', 'wen']);
});

await check('an organization is created, renamed, changed, given a logo', async () => {
  created = await organization.create({ name: "O'Neill & Söhne 🚀", handle: 'oneill' });
  assert.equal(created.handle, 'oneill');
  const body = { name: 'Renamed', website: 'https://o.example', industry: null };
  await sdk.pine.patch({ resource: 'organization', id: created.id, body });
  const renamed = await organization.get(created.id);
  assert.deepEqual([renamed.name, renamed.website, renamed.industry], ['Renamed', 'https://o.example', null]);
  assert.equal(renamed.logo_image, null);
  const logo_image = new File(['1234'], 'logo.png', { type: 'image/png' });
  await sdk.pine.patch({ resource: 'organization', id: created.id, body: { logo_image } });
  const { logo_image: logo } = await organization.get(created.id);
  assert.deepEqual([logo.filename, logo.content_type, logo.size], ['logo.png', 'image/png', 4]);
});

await check('an organization is created with a logo and without a handle', async () => {
  const logo_image = new File(['123'], 'logo.gif', { type: 'image/gif' });
  const made = await organization.create({ name: 'With Logo', logo_image });
  assert.equal(made.handle, 'with_logo');
  assert.equal(made.logo_image.size, 3);
  await organization.remove(made.id);
});

await check('whoever creates an organization runs it', async () => {
  const [own, ...others] = await membership.getAllByOrganization(created.id, username);
  assert.deepEqual([own.user[0].username, others], ['ana', []]);
  assert.equal(await roleOf(own.id), 'administrator');
});

await check('memberships are found by organization, user, id and pair', async () => {
  const members = await membership.getAllByOrganization('acme_fleet');
  assert.equal(members.length, 12);
  const bo = await memberNamed('acme_fleet', 'bo');
  assert.equal((await membership.get(bo.id)).user.__id, bo.user[0].id);
  const pair = { user: bo.user[0].id, is_member_of__organization: bo.is_member_of__organization.__id };
  assert.equal((await membership.get(pair)).id, bo.id);
  const byName = await membership.getAllByUser('fumiko_文子');
  assert.equal(byName.length, 2);
  const byId = await membership.getAllByUser(byName[0].user.__id, {
    $expand: { is_member_of__organization: { $select: 'handle' } },
  });
  const handles = byId.map((each) => each.is_member_of__organization[0].handle);
  assert.deepEqual(handles.sort(), ['acme_fleet', 'acme_labs']);
});

await check('a role is changed by id and back by pair', async () => {
  const bo = await memberNamed('acme_fleet', 'bo');
  await membership.changeRole(bo.id, 'administrator');
  assert.equal(await roleOf(bo.id), 'administrator');
  const pair = { user: bo.user[0].id, is_member_of__organization: bo.is_member_of__organization.__id };
  await membership.changeRole(pair, 'member');
  assert.equal(await roleOf(bo.id), 'member');
});

await check('a member is removed', async () => {
  const wen = await memberNamed('acme_labs', 'wen');
  await membership.remove(wen.id);
  await refused(membership.get(wen.id), 'BalenaError', undefined, 'not found');
  const noa = await memberNamed('acme_labs', 'noa');
  await membership.remove({ user: noa.user[0].id, is_member_of__organization: noa.is_member_of__organization.__id });
  assert.equal((await membership.getAllByOrganization('acme_labs')).length, 2);
});

await check('people are invited with and without a role, and listed', async () => {
  await invite.create('oneill', { invitee: 'plain@example.com' });
  const roleName = 'administrator';
  const message = 'Welcome aboard';
  const made = await invite.create(created.id, { invitee: 'boss@example.com', roleName, message });
  assert.equal(made.message, message);
  const pending = await invite.getAllByOrganization('oneill', {
    $select: ['id', 'message'],
    $expand: {
      invitee: { $select: 'email' },
      organization_membership_role: { $select: 'name' },
      is_created_by__user: { $select: 'username' },
    },
    $orderby: 'id asc',
  });
  const rows = pending.map((each) => [
    each.invitee[0].email,
    each.organization_membership_role[0].name,
    each.message,
    each.is_created_by__user[0].username,
  ]);
  assert.deepEqual(rows, [
    ['plain@example.com', 'member', null, 'ana'],
    ['boss@example.com', 'administrator', message, 'ana'],
  ]);
  assert.equal((await invite.getAll()).length, 5);
});

await check('an invite is revoked', async () => {
  const [first] = await invite.getAllByOrganization('oneill', { $orderby: 'id asc' });
  await invite.revoke(first.id);
  const rest = await invite.getAllByOrganization('oneill');
  assert.deepEqual(rest.map((each) => each.id), [first.id + 1]);
});

await check('what is not there has its own errors', async () => {
  await refused(organization.get('missing'), 'BalenaOrganizationNotFound');
  await refused(organization.get('101'), 'BalenaOrganizationNotFound');
  await refused(organization.remove('missing'), 'BalenaOrganizationNotFound');
  await refused(membership.get(999999), 'BalenaError', undefined, 'not found');
  await refused(membership.changeRole(1, 'captain'), 'BalenaOrganizationMembershipRoleNotFound');
  const unknownRole = invite.create('oneill', { invitee: 'x@example.com', roleName: 'captain' });
  await refused(unknownRole, 'BalenaOrganizationMembershipRoleNotFound');
  await refused(invite.accept('wrong-token'), 'BalenaRequestError', 404);
});

await check('broken rules are told in the words of the service', async () => {
  const taken = organization.create({ name: 'Other', handle: 'oneill' });
  await refused(taken, 'BalenaRequestError', 409, '"handle" must be unique.');
  const upper = organization.create({ name: 'Other', handle: 'Upper' });
  await refused(upper, 'BalenaRequestError', 400, 'Handles must be lowercase');
  const twice = invite.create('oneill', { invitee: 'boss@example.com' });
  await refused(twice, 'BalenaRequestError', 409, 'must be unique');
  const last = await memberNamed('acme_labs', 'ana');
  await refused(membership.remove(last.id), 'BalenaRequestError', 400, 'It is necessary that');
  await refused(membership.changeRole(last.id, 'member'), 'BalenaRequestError', 400, 'at least one');
});

await check('an organization is removed with all that is in it', async () => {
  await organization.remove('oneill');
  await refused(organization.get(created.id), 'BalenaOrganizationNotFound');
  assert.equal((await invite.getAll()).length, 3);
});

await check('a wrong token is refused', async () => {
  const other = client();
  await other.auth.loginWithToken('NobodyNobodyNobodyNobodyNobodyNo');
  assert.equal(await other.auth.isLoggedIn(), false);
  await refused(other.models.organization.getAll(), 'BalenaRequestError', 401);
});

await check('a session is opened by a password, ten times an hour', async () => {
  const other = client();
  const wrong = { email: 'bo@acme.example', password: 'wrong' };
  for (let tries = 0; tries < 9; tries += 1) {
    await refused(other.auth.login(wrong), 'BalenaInvalidLoginCredentials', undefined);
  }
  await other.auth.login({ email: 'bo@acme.example', password: 'sandbox' });
  assert.equal(await other.auth.twoFactor.isEnabled(), false);
  const [fleet, ...rest] = await other.models.organization.getAll();
  assert.deepEqual([fleet.handle, rest], ['acme_fleet', []]);
  await refused(other.models.organization.remove(fleet.id), 'BalenaRequestError', 401);
  await refused(client().auth.login(wrong), 'BalenaTooManyRequests');
});

process.exitCode = failed === 0 ? 0 : 1;
