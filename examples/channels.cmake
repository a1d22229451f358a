# The examples for channels. All but treefeed are plain C: no translator, no library.

find_package(Threads REQUIRED)
find_package(ZLIB)

function(tine_channel_example name)
    add_executable(${name} ${name}.c)
    target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}/include")
    target_link_libraries(${name} PRIVATE Threads::Threads ${ARGN})
endfunction()

tine_channel_example(cancel)
tine_channel_example(pipeline)
tine_add_example(treefeed)
target_link_libraries(treefeed PRIVATE Threads::Threads)
tine_example_test(treefeed "8 queens: 92 solutions came through the channel" treefeed 8)

if(TINE_BUILD_TESTS)
    add_test(NAME example.cancel COMMAND cancel)
    set_tests_properties(example.cancel PROPERTIES TIMEOUT 120
        PASS_REGULAR_EXPRESSION "^found a number with 18 zero bits, everybody stopped\n$")
    add_test(NAME example.pipeline COMMAND sh "${CMAKE_CURRENT_LIST_DIR}/channels_test.sh" pipeline
        $<TARGET_FILE:pipeline>)
    set_tests_properties(example.pipeline PROPERTIES TIMEOUT 120)
endif()

if(ZLIB_FOUND)
    tine_channel_example(pcompress ZLIB::ZLIB)
    if(TINE_BUILD_TESTS)
        add_test(NAME example.pcompress COMMAND sh "${CMAKE_CURRENT_LIST_DIR}/channels_test.sh"
            pcompress $<TARGET_FILE:pcompress>)
        set_tests_properties(example.pcompress PROPERTIES TIMEOUT 120)
    endif()
else()
    message(STATUS "Examples: no zlib, pcompress is left out (apt-get install zlib1g-dev)")
endif()
