#define NUMBER 20
