/* A server of many clients: one thread polls their sockets and never computes. What they ask for is
 * submitted, and each job says through a pipe, which is polled like the sockets, that it has ended.
 *
 *     serve [clients [questions]]
 *
 * A question is a line with a number; the answer is how many primes are below it. The clients are
 * threads of this program that connect over localhost, ask, and check the answers. */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <tine.h>

enum { LINE_MAX_BYTES = 32, LARGEST = 100000, MOST_CLIENTS = 400 };

static _Noreturn void fail(const char *what)
{
    perror(what);
    exit(1);
}

/* ---- the work --------------------------------------------------------------------------------- */

static bool is_prime(long n)
{
    for (long d = 2; d * d <= n; d++)
        if (n % d == 0)
            return false;
    return n >= 2;
}

/* A job may spawn as any task does. */
static long count_primes(long from, long to)
{
    if (to - from <= 1000) {
        long count = 0;
        for (long n = from; n < to; n++)
            count += is_prime(n);
        return count;
    }
    long middle = from + (to - from) / 2;
    flowvar(long) low = spawn count_primes(from, middle);
    long high = count_primes(middle, to);
    return sync(low) + high;
}

/* ---- the server ------------------------------------------------------------------------------- */

struct client {
    int socket;
    size_t length; /* of what has come of a line */
    char line[LINE_MAX_BYTES];
    tine_pending(long) job; /* the question that is being worked on */
};

static int ended[2]; /* a pipe of clients whose job has ended */

/* On the thread that ran the job. The loop always reads on, so that a full pipe is soon empty. */
static void tell(void *client)
{
    if (write(ended[1], &client, sizeof client) != (ssize_t)sizeof client)
        fail("write to the loop");
}

static void reply(const struct client *client, const char *text)
{
    size_t length = strlen(text);
    if (send(client->socket, text, length, MSG_NOSIGNAL) != (ssize_t)length)
        perror("reply"); /* that client's own loss */
}

/* A whole line has come. */
static void begin_question(struct client *client)
{
    char *end;
    long limit = strtol(client->line, &end, 10);
    client->length = 0;
    if (end == client->line || *end || limit < 0 || limit > LARGEST) {
        reply(client, "what?\n");
        return;
    }
    client->job = tine_submit count_primes(0, limit);
    if (tine_is_submitted(client->job))
        tine_when_ended(client->job, tell, client);
    else
        reply(client, "busy\n"); /* no memory, or no thread */
}

/* A job has ended: waiting for it does not block. */
static void end_question(struct client *client)
{
    char answer[LINE_MAX_BYTES];
    snprintf(answer, sizeof answer, "%ld\n", tine_wait_for(client->job));
    reply(client, answer);
}

/* Reads what there is. False: the client has gone. */
static bool read_more(struct client *client)
{
    char *at = client->line + client->length;
    ssize_t n = recv(client->socket, at, sizeof client->line - client->length, 0);
    if (n <= 0)
        return n < 0 && errno == EINTR;
    client->length += (size_t)n;
    char *newline = memchr(at, '\n', (size_t)n);
    if (newline) {
        *newline = '\0'; /* a client waits for the answer before it asks again */
        begin_question(client);
    }
    return newline || client->length < sizeof client->line;
}

static struct client *accept_client(int listener)
{
    struct client *client = calloc(1, sizeof *client); /* all-zero bytes: nothing is submitted */
    if (!client)
        fail("a client");
    client->socket = accept(listener, NULL, NULL);
    if (client->socket < 0)
        fail("accept");
    return client;
}

/* Until so many clients have come and gone. */
static void serve(int listener, int expected)
{
    struct client *clients[MOST_CLIENTS];
    struct pollfd polled[MOST_CLIENTS + 2] = {
        {.fd = listener, .events = POLLIN},
        {.fd = ended[0], .events = POLLIN},
    };
    int present = 0;
    while (expected > 0) {
        for (int i = 0; i < present; i++) {
            bool busy = tine_is_submitted(clients[i]->job);
            polled[i + 2] = (struct pollfd){.fd = busy ? -1 : clients[i]->socket, .events = POLLIN};
        }
        if (poll(polled, (nfds_t)present + 2, -1) < 0) {
            if (errno != EINTR)
                fail("poll");
            continue;
        }
        int known = present;
        if (polled[1].revents) {
            struct client *client;
            if (read(ended[0], &client, sizeof client) == (ssize_t)sizeof client)
                end_question(client);
        }
        if (polled[0].revents)
            clients[present++] = accept_client(listener);
        for (int i = known; i-- > 0;) {
            if (!polled[i + 2].revents || read_more(clients[i]))
                continue;
            close(clients[i]->socket);
            free(clients[i]);
            clients[i] = clients[--present];
            expected--;
        }
    }
}

/* ---- the clients ------------------------------------------------------------------------------ */

static struct sockaddr_in address;
static int questions = 20;

static long ask(FILE *stream, long limit)
{
    char line[LINE_MAX_BYTES] = "busy\n";
    while (strcmp(line, "busy\n") == 0) {
        fprintf(stream, "%ld\n", limit);
        fflush(stream);
        if (!fgets(line, sizeof line, stream))
            fail("no answer");
    }
    return strtol(line, NULL, 10);
}

/* Returns how many answers were right. */
static void *be_client(void *argument)
{
    static const struct {
        long limit, primes;
    } known[] = {{10, 4}, {100, 25}, {1000, 168}, {10000, 1229}, {50000, 5133}, {2, 0}};
    size_t which = (size_t)argument, count = sizeof known / sizeof *known;
    int server = socket(AF_INET, SOCK_STREAM, 0);
    if (server < 0 || connect(server, (struct sockaddr *)&address, sizeof address) != 0)
        fail("connect");
    FILE *stream = fdopen(server, "r+");
    if (!stream)
        fail("fdopen");
    size_t right = 0;
    for (int i = 0; i < questions; i++, which++)
        right += ask(stream, known[which % count].limit) == known[which % count].primes;
    fclose(stream);
    return (void *)right;
}

static int listen_on_localhost(void)
{
    socklen_t size = sizeof address;
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK); /* port 0: any that is free */
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(listener, SOMAXCONN) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &size) != 0)
        fail("a socket on localhost");
    return listener;
}

int main(int argc, char **argv)
{
    int count = argc > 1 ? atoi(argv[1]) : 100;
    questions = argc > 2 ? atoi(argv[2]) : questions;
    if (count < 1 || count > MOST_CLIENTS || questions < 1) {
        fprintf(stderr, "usage: serve [clients (1 to %d) [questions]]\n", MOST_CLIENTS);
        return 2;
    }
    int listener = listen_on_localhost();
    if (pipe(ended) != 0)
        fail("pipe");

    pthread_t threads[MOST_CLIENTS];
    for (int i = 0; i < count; i++)
        if (pthread_create(&threads[i], NULL, be_client, (void *)(size_t)i) != 0)
            fail("a client's thread");
    serve(listener, count);
    size_t right = 0;
    for (int i = 0; i < count; i++) {
        void *of_one;
        pthread_join(threads[i], &of_one);
        right += (size_t)of_one;
    }
    printf("%d clients, %zu right answers\n", count, right);
    return right != (size_t)count * (size_t)questions;
}
