# The one way to declare a library, a program, a unit test and a fuzz harness of this project.
include(CheckCCompilerFlag)

add_library(help_flags INTERFACE)
target_compile_definitions(help_flags INTERFACE _POSIX_C_SOURCE=200809L
    HELP_VERSION="${PROJECT_VERSION}")
target_include_directories(help_flags INTERFACE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
target_compile_options(help_flags INTERFACE -Wall -Wextra -Werror -Wshadow -Wformat=2
    -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wcast-qual -Wwrite-strings -Wvla
    -Wundef -fno-common -fno-strict-aliasing)

if(HELP_SANITIZE)
    target_compile_options(help_flags INTERFACE -fsanitize=address,undefined
        -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(help_flags INTERFACE -fsanitize=address,undefined)
endif()

if(HELP_FUZZ)
    # Coverage in every library, or the fuzzer sees the harness alone.
    target_compile_options(help_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

if(HELP_HARDEN)
    # OpenSSF compiler options guide for C, the part that GCC 12 and clang 14 have.
    foreach(flag -D_FORTIFY_SOURCE=3 -D_GLIBCXX_ASSERTIONS -fstack-protector-strong
            -fstack-clash-protection -fcf-protection=full -ftrivial-auto-var-init=zero
            -fzero-call-used-regs=used-gpr -Wtrampolines -Wbidi-chars=any)
        string(MAKE_C_IDENTIFIER "have${flag}" known)
        check_c_compiler_flag("-Werror ${flag}" ${known})
        if(${known})
            target_compile_options(help_flags INTERFACE ${flag})
        endif()
    endforeach()
    target_link_options(help_flags INTERFACE -Wl,-z,relro,-z,now -Wl,-z,noexecstack
        -Wl,-z,nodlopen -Wl,--as-needed)
    set(CMAKE_POSITION_INDEPENDENT_CODE ON)
    target_link_options(help_flags INTERFACE $<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-pie>)
endif()

# help_library(<name> SOURCES <files...> [LINK <libraries...>] [PKG <pkg-config modules...>])
# PKG names foreign libraries; each has one home, so a module is named once in the tree.
function(help_library name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINK;PKG" ${ARGN})
    add_library(${name} STATIC ${arg_SOURCES})
    target_link_libraries(${name} PUBLIC help_flags ${arg_LINK})
    foreach(module ${arg_PKG})
        string(MAKE_C_IDENTIFIER pkg_${module} found)
        pkg_check_modules(${found} REQUIRED IMPORTED_TARGET GLOBAL ${module})
        target_link_libraries(${name} PUBLIC PkgConfig::${found})
    endforeach()
endfunction()

# help_program(<name> SOURCES <files...> LINK <libraries...>)
function(help_program name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE help_flags ${arg_LINK})
endfunction()

# help_test(<name> SOURCES <files...> LINK <libraries...>): a cmocka program run by CTest.
# The source tree's root is passed as the macro SOURCE_DIR.
function(help_test name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
    if(NOT TARGET PkgConfig::pkg_cmocka)
        pkg_check_modules(pkg_cmocka REQUIRED IMPORTED_TARGET GLOBAL cmocka)
    endif()
    add_executable(${name} ${arg_SOURCES})
    target_compile_definitions(${name} PRIVATE SOURCE_DIR="${CMAKE_SOURCE_DIR}"
        BINARY_DIR="${CMAKE_BINARY_DIR}")
    target_link_libraries(${name} PRIVATE help_flags ${arg_LINK} PkgConfig::pkg_cmocka)
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES TIMEOUT 300)
endfunction()

# help_fuzz(<name> SOURCES <files...> LINK <libraries...>): defines LLVMFuzzerTestOneInput.
# The test replays the corpus tests/fuzz/corpus/<name>/ through it; with HELP_FUZZ it is a fuzzer.
function(help_fuzz name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
    if(HELP_FUZZ)
        add_executable(fuzz_${name} ${arg_SOURCES})
        target_link_libraries(fuzz_${name} PRIVATE help_flags ${arg_LINK})
        target_compile_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
        target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    else()
        add_executable(fuzz_${name} ${arg_SOURCES} ${CMAKE_SOURCE_DIR}/tests/fuzz/replay.c)
        target_link_libraries(fuzz_${name} PRIVATE help_flags ${arg_LINK})
        add_test(NAME fuzz_${name}
            COMMAND fuzz_${name} ${CMAKE_SOURCE_DIR}/tests/fuzz/corpus/${name})
        set_tests_properties(fuzz_${name} PROPERTIES TIMEOUT 300)
    endif()
endfunction()
