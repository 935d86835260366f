#!/bin/sh
# How the certificates in this folder were made, once, with openssl 3 (run it here to make new ones).
# The keys protect nothing: servers of tests use them, on loopback, for the length of a test.
set -eu

start=20200101000000Z
end=21200101000000Z
here='DNS:localhost,IP:127.0.0.1'
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
: >"$work/index"

# issue NAME SUBJECT-ALTERNATIVE-NAMES NOT-AFTER CA:TRUE-OR-FALSE SIGNER
issue() {
    cat >"$work/$1.cnf" <<END
[ca]
default_ca=one
[one]
database=$work/index
new_certs_dir=$work
rand_serial=yes
unique_subject=no
default_md=sha256
policy=any
x509_extensions=extensions
[any]
commonName=supplied
[extensions]
basicConstraints=critical,CA:$4
subjectAltName=$2
END
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key"
    openssl req -new -key "$1.key" -subj "/CN=$1" -out "$work/$1.csr"
    openssl ca -batch -notext -config "$work/$1.cnf" -in "$work/$1.csr" -out "$1.pem" \
        -startdate "$start" -enddate "$3" $5
}

issue authority DNS:authority.example "$end" true "-selfsign -keyfile authority.key"
by_authority='-cert authority.pem -keyfile authority.key'
issue good "$here" "$end" false "$by_authority"
issue other-host DNS:other.example "$end" false "$by_authority"
issue expired "$here" 20200201000000Z false "$by_authority"
issue self-signed "$here" "$end" false "-selfsign -keyfile self-signed.key"
issue own-authority "$here" "$end" true "-selfsign -keyfile own-authority.key"
rm authority.key
