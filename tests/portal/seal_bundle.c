/*
 * A kiosk in one command, for tests of what the server shows: seals records, puts them into a
 * bundle and signs it. The device's key is made from a seed, so that a test needs no state.
 *   seal_bundle key SEED                    prints the public key of the seed (64 digits)
 *   seal_bundle make SEED SETTINGS MADE     reads lines "SEQ RECORD-ID JSON", prints the bundle
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/env.h"
#include "base/file.h"
#include "base/hex.h"
#include "sync/wire/bundle.h"
#include "sync/wire/settings.h"

#define LINE_MAX_BYTES (LIMIT_RECORD + 128)

struct job {
    struct settings settings;
    struct sign_key device;
    struct bundle_manifest manifest;
    struct envelope envelopes[LIMIT_BUNDLE_RECORDS];
};

static enum err read_settings(const char *path, struct settings *out_settings)
{
    char *bytes = NULL;
    size_t size = 0;
    struct refusal refusal = {0};
    enum err e = file_read(path, SETTINGS_FILE_MAX, &bytes, &size);

    if (e == ERR_OK)
        e = settings_decode((struct str){bytes, size}, out_settings, &refusal);
    free(bytes);
    return e;
}

static enum err read_device(const char *seed_text, struct sign_key *out_device)
{
    unsigned char seed[SIGN_SEED_BYTES];
    enum err e = hex_decode(str_of(seed_text), seed, sizeof seed);

    if (e == ERR_OK)
        sign_key_from_seed(seed, out_device);
    return e;
}

/* One line of the input into one envelope. */
static enum err seal_line(const struct job *job, struct str line, struct envelope *out_envelope)
{
    unsigned char scratch[SEAL_INSIDE_BYTES];
    struct str rest;
    struct str seq = str_split(line, ' ', &rest);
    struct str record = str_split(rest, ' ', &rest);
    struct seal_header *header = &out_envelope->header;

    header->kiosk = job->settings.kiosk;
    header->key = job->settings.seal_key.id;
    enum err e = id_parse(record, &header->record);
    if (e == ERR_OK && !str_to_u64(seq, SEQ_MAX, &out_envelope->seq))
        e = ERR_FORMAT;
    if (e == ERR_OK)
        e = seal_record(header, rest, &job->settings.seal_key, scratch, out_envelope->sealed);
    if (e == ERR_OK)
        envelope_hash(out_envelope);
    return e;
}

static enum err read_records(struct job *job)
{
    static char text[LINE_MAX_BYTES];
    enum err e = ERR_OK;

    while (e == ERR_OK && fgets(text, sizeof text, stdin) != NULL) {
        if (job->manifest.records == LIMIT_BUNDLE_RECORDS)
            return ERR_LIMIT;
        e = seal_line(job, str_trim(str_of(text)), &job->envelopes[job->manifest.records]);
        job->manifest.records++;
    }
    return e;
}

static enum err write_bundle(const struct job *job)
{
    static char memory[LIMIT_BUNDLE + 1];
    struct buf out;

    buf_init(&out, memory, sizeof memory);
    enum err e = bundle_begin(&job->manifest, &out);
    for (uint32_t i = 0; i < job->manifest.records && e == ERR_OK; i++)
        e = bundle_add(&job->envelopes[i], &out);
    if (e == ERR_OK)
        e = bundle_end(&job->device, &out);
    if (e == ERR_OK && fwrite(out.at, 1, out.len, stdout) != out.len)
        e = ERR_IO;
    return e;
}

static enum err make(const char *seed, const char *settings, const char *made)
{
    static struct job job;
    struct bundle_manifest *m = &job.manifest;
    enum err e = read_device(seed, &job.device);

    if (e == ERR_OK)
        e = read_settings(settings, &job.settings);
    if (e == ERR_OK && !str_to_u64(str_of(made), SEQ_MAX, &m->made))
        e = ERR_FORMAT;
    m->kiosk = job.settings.kiosk;
    m->bundle = id_make(&env_system);
    m->boot = id_make(&env_system);
    m->wall_ms = env_wall_ms(&env_system);
    m->monotonic_ms = env_monotonic_ms(&env_system);
    m->free_bytes = 1024 * 1024 * 1024;
    snprintf(m->version, sizeof m->version, "%s", HELP_VERSION);
    if (e == ERR_OK)
        e = read_records(&job);
    /* All that is not in this bundle was received before: nothing waits on this kiosk. */
    m->received = m->made - m->records;
    return e == ERR_OK ? write_bundle(&job) : e;
}

static enum err print_key(const char *seed)
{
    struct sign_key device;
    char text[2 * SIGN_PUBLIC_BYTES + 1];
    enum err e = read_device(seed, &device);

    if (e == ERR_OK) {
        hex_encode(device.public_key, sizeof device.public_key, text);
        puts(text);
    }
    return e;
}

int main(int argc, char **argv)
{
    enum err e = keys_init();

    if (e == ERR_OK && argc == 3 && strcmp(argv[1], "key") == 0)
        e = print_key(argv[2]);
    else if (e == ERR_OK && argc == 5 && strcmp(argv[1], "make") == 0)
        e = make(argv[2], argv[3], argv[4]);
    else if (e == ERR_OK)
        e = ERR_FORMAT;
    if (e != ERR_OK)
        fprintf(stderr, "seal_bundle: %s\n", err_name(e));
    return e == ERR_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
